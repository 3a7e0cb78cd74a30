"""Across organisations a merge takes two: one coordinator asks, the other decides."""

import pytest

from companies.choices import MergeStatus
from companies.models import Company, Merge, NotDuplicate
from companies.services.duplicates import MAY_BE_KNOWN, NUMBER_KNOWN, noted_suspicion
from companies.services.merging.merges import merge_companies
from companies.services.merging.requests import ask_for_merge, decline_merge, tell_apart
from companies.services.merging.undoing import undo_merge
from tests import factories
from tests.letters import letters_to
from tests.standing_scenes import standing
from tibs.accounts.roles import RoleCode
from tibs.core.errors import NotAllowedError

pytestmark = pytest.mark.django_db


@standing
def celina():
    """Coordinates the Polish organisation."""
    return factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=factories.host("PL"))


@standing
def olli():
    """Coordinates the Finnish organisation."""
    return factories.person("Olli Mäki", role=RoleCode.COORDINATOR, organisation=factories.host("FI"))


@standing
def asked(kept, polish_twin, celina, olli):
    return ask_for_merge(kept=kept, absorbed=polish_twin, by=factories.actor(celina))


def test_the_other_coordinator_gets_a_letter(asked, olli):
    ((subject, words),) = letters_to(olli.email)

    assert subject == "Is Kymen Saha Oy in TIBS twice?"
    assert f"/companies/{asked.kept.public_id}/duplicates/" in words


def test_the_other_coordinator_makes_the_merge_and_either_can_undo_it(asked, celina, olli):
    merge = merge_companies(kept=asked.kept, absorbed=asked.absorbed, by=factories.actor(olli))

    assert (merge.pk, merge.status) == (asked.pk, MergeStatus.MADE)
    undo_merge(merge=merge, by=factories.actor(celina))
    assert not Company.objects.exclude(merged_into=None).exists()


def test_who_asked_cannot_make_the_merge_alone(asked, celina, aleksandra, johanna):
    for person in (celina, aleksandra, johanna):
        with pytest.raises(NotAllowedError):
            merge_companies(kept=asked.kept, absorbed=asked.absorbed, by=factories.actor(person))


def test_a_declined_request_gives_no_right_to_merge(asked, olli):
    decline_merge(merge=asked, by=factories.actor(olli))

    with pytest.raises(NotAllowedError):
        merge_companies(kept=asked.kept, absorbed=asked.absorbed, by=factories.actor(olli))


def test_who_asked_cannot_decline(asked, celina):
    with pytest.raises(NotAllowedError):
        decline_merge(merge=asked, by=factories.actor(celina))


def test_asking_twice_in_either_direction_is_one_request(asked, kept, polish_twin, celina):
    again = ask_for_merge(kept=polish_twin, absorbed=kept, by=factories.actor(celina))

    assert again == asked
    assert Merge.objects.count() == 1


def test_brokers_and_strangers_do_not_ask(kept, polish_twin, johanna, signe):
    for person in (johanna, signe):
        with pytest.raises(NotAllowedError):
            ask_for_merge(kept=kept, absorbed=polish_twin, by=factories.actor(person))


def test_telling_two_companies_apart_is_remembered_once_and_ends_the_request(asked, olli):
    for _ in range(2):
        tell_apart(company=asked.kept, other=asked.absorbed, by=factories.actor(olli))

    asked.refresh_from_db()
    assert NotDuplicate.objects.count() == 1
    assert asked.status == MergeStatus.DECLINED


def test_a_stranger_cannot_tell_companies_apart(kept, polish_twin, signe):
    with pytest.raises(NotAllowedError):
        tell_apart(company=kept, other=polish_twin, by=factories.actor(signe))


def test_a_broker_who_tells_them_apart_does_not_answer_for_the_coordinator(asked, johanna):
    tell_apart(company=asked.kept, other=asked.absorbed, by=factories.actor(johanna))

    assert Merge.objects.get().status == MergeStatus.ASKED


def test_coordinator_elsewhere_who_is_a_broker_here_has_no_answer(asked, johanna):
    factories.member(johanna, factories.host("DE"), role=RoleCode.COORDINATOR)

    with pytest.raises(NotAllowedError):
        decline_merge(merge=asked, by=factories.actor(johanna))


def test_what_is_settled_is_noted_no_more_on_the_lead(kept, polish_twin, olli):
    note = {"code": MAY_BE_KNOWN, "companies": [polish_twin.public_id], "is_certain": True}
    other = {"code": NUMBER_KNOWN, "number": "another"}
    Company.objects.filter(pk=kept.pk).update(routing_facts=[note, other])

    tell_apart(company=kept, other=polish_twin, by=factories.actor(olli))

    kept.refresh_from_db()
    assert kept.routing_facts == [other]
    assert noted_suspicion(kept) == "certain"
