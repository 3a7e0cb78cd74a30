"""Joint strategies: who reads whose name, who knows of a draft, and how a firm says no."""

import pytest

from companies.services.conflicts import ChangedMeanwhileError
from matching.choices import IntroductionStatus, StrategyStatus
from matching.models import JointStrategy
from matching.presenting.strategies import page_of_strategy
from matching.services.strategies import (
    add_member,
    ask_for_signatures,
    change_strategy,
    give_up_strategy,
    move_strategy,
    remove_member,
)
from matching.services.strategy_answers import agree_to_be_named, leave_strategy, sign_strategy
from matching.services.strategy_print import readable
from matching.strategy_words import words_hash
from tests import factories
from tests.cooperating import strategy
from tests.introducing import introduction, side
from tests.standing_scenes import standing
from tibs.core.errors import NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord, InboxItem

pytestmark = pytest.mark.django_db

CANARIES = ("Eesti Kask OÜ", "Plywood of Canary birch")


@standing
def third(made):
    """An Estonian firm, introduced to the Polish one alone, with its broker and its person."""
    firm, offers = side("EE", CANARIES[0])
    polish = made.polish.profiles.get()
    introduction(polish, offers, status=IntroductionStatus.INTRODUCED)
    return firm


@standing
def draft(made, third):
    """A draft of the three; the Finnish and the Estonian firm do not know each other."""
    found = strategy(made)
    add_member(strategy=found, company=third, contribution=CANARIES[1], by=made.ana)
    return found


def actors_of(firm):
    return factories.actor(firm.owner), factories.actor(firm.contacts.get().user)


def fresh(draft):
    rows = JointStrategy.objects.select_related("lead", "domain")
    return rows.prefetch_related("members__company__country", "activities__responsible__company").get(
        pk=draft.pk
    )


def shown_to(actor, draft):
    """Everything that page and paper say to somebody about the firms."""
    found = fresh(draft)
    page = page_of_strategy(found, actor)
    rows = [(one["name"], one["country"], one["contribution"]) for one in page["members"]]
    return (
        str(rows)
        + str([one["responsible"] for one in page["activities"]])
        + str(readable(found, "en", actor))
    )


def signed_by(firm, draft, by):
    shown = words_hash(fresh(draft))
    return sign_strategy(strategy=draft, company=firm, signer="Somebody", shown_hash=shown, by=by)


def waiting(notice):
    rows = InboxItem.objects.filter(notice=f"matching.cooperation.{notice}", done_at=None)
    return {item.user.public_id for item in rows}


def test_firms_that_were_never_introduced_read_a_country_and_no_name_or_role(made, third, draft):
    ask_for_signatures(strategy=draft, by=made.ana)
    broker, person = actors_of(third)

    for by in (made.johanna, made.aino):
        seen = shown_to(by, draft)
        assert not any(canary in seen for canary in CANARIES)
        assert "A firm in Estonia" in seen
        assert "Stolarnia" in seen
    for by in (broker, person):
        seen = shown_to(by, draft)
        assert "Kymen Saha" not in seen
        assert all(canary in seen for canary in CANARIES)
    # The controls: the lead reads all, and so does the firm that was introduced to both.
    for by in (made.ana, made.jan):
        seen = shown_to(by, draft)
        assert "Kymen Saha" in seen
        assert all(canary in seen for canary in CANARIES)


def test_yes_of_a_firm_shows_its_name_and_an_introduction_does_too(made, third, draft):
    ask_for_signatures(strategy=draft, by=made.ana)

    agree_to_be_named(strategy=draft, company=third, by=actors_of(third)[1])

    assert all(canary in shown_to(made.aino, draft) for canary in CANARIES)
    assert "Kymen Saha" not in shown_to(actors_of(third)[1], draft)
    introduction(made.finnish.profiles.get(), third.profiles.get(), status=IntroductionStatus.INTRODUCED)
    assert "Kymen Saha" in shown_to(actors_of(third)[1], draft)


def test_nobody_but_the_firm_and_its_broker_says_that_yes(made, third, draft):
    for by in (made.ana, made.jan, made.johanna, made.aino):
        with pytest.raises(NotAllowedError):
            agree_to_be_named(strategy=draft, company=third, by=by)
    with pytest.raises(NotAllowedError):
        agree_to_be_named(
            strategy=draft,
            company=factories.company("Obcy", host=made.polish.host, owner=made.brokers[0]),
            by=made.ana,
        )


def test_draft_is_hidden_from_members_until_they_are_asked(made, third, draft):
    everybody = (made.jan, made.johanna, made.aino, *actors_of(third))
    for by in everybody:
        assert not JointStrategy.objects.visible_to(by).exists()
    records = AuditRecord.objects.filter(event__startswith="matching.strategy.")
    assert not records.exclude(company_id="").exists()

    ask_for_signatures(strategy=draft, by=made.ana)

    for by in everybody:
        assert JointStrategy.objects.visible_to(by).exists()


def test_firm_signs_once_it_reads_who_signs_with_it(made, third, draft):
    ask_for_signatures(strategy=draft, by=made.ana)
    broker, person = actors_of(third)
    with pytest.raises(WrongStateError, match="names"):
        signed_by(made.finnish, draft, made.aino)

    agree_to_be_named(strategy=draft, company=third, by=person)
    assert waiting("strategy_readable") == {made.johanna.id, made.aino.id}
    signed_by(made.finnish, draft, made.aino)
    assert waiting("strategy_readable") == {broker.id, person.id}
    for firm, by in ((third, person), (made.polish, made.jan)):
        signed_by(firm, draft, by)

    assert move_strategy(strategy=draft, by=made.ana).status == StrategyStatus.AGREED
    assert waiting("strategy_to_sign") | waiting("strategy_readable") == set()


def test_asking_for_other_words_settles_the_question_about_those_before(made, draft):
    ask_for_signatures(strategy=draft, by=made.ana)
    change_strategy(strategy=draft, values={"goal": "Less."}, by=made.ana)
    ask_for_signatures(strategy=draft, by=made.ana)
    ask_for_signatures(strategy=draft, by=made.ana)

    rows = InboxItem.objects.filter(notice="matching.cooperation.strategy_to_sign", done_at=None)

    assert rows.count() == rows.values("user").distinct().count() == 5


def test_firm_that_is_taken_out_is_waited_for_no_longer(made, draft):
    ask_for_signatures(strategy=draft, by=made.ana)

    remove_member(strategy=draft, company=made.finnish, by=made.ana)

    assert made.aino.id not in waiting("strategy_to_sign")
    assert made.jan.id in waiting("strategy_to_sign")


def test_firm_says_no_and_the_lead_is_told(made, draft):
    ask_for_signatures(strategy=draft, by=made.ana)

    leave_strategy(strategy=draft, company=made.finnish, by=made.aino)

    assert not draft.members.filter(company=made.finnish).exists()
    assert not JointStrategy.objects.visible_to(made.aino).exists()
    told = InboxItem.objects.get(notice="matching.cooperation.strategy_left")
    assert (told.user.public_id, told.values["company"]) == (made.ana.id, "Kymen Saha Oy")
    assert made.aino.id not in waiting("strategy_to_sign")


def test_what_is_agreed_is_not_left(made):
    signed = strategy(made, signed=True)
    move_strategy(strategy=signed, by=made.ana)

    with pytest.raises(WrongStateError):
        leave_strategy(strategy=signed, company=made.finnish, by=made.aino)


def test_lead_gives_a_draft_up_and_who_was_asked_is_told(made, draft):
    ask_for_signatures(strategy=draft, by=made.ana)
    with pytest.raises(NotAllowedError):
        give_up_strategy(strategy=draft, by=made.johanna)

    given_up = give_up_strategy(strategy=draft, by=made.ana)

    assert given_up.status == StrategyStatus.GIVEN_UP
    assert waiting("strategy_to_sign") == set()
    assert made.aino.id in waiting("strategy_given_up")
    for act in (move_strategy, give_up_strategy):
        with pytest.raises(WrongStateError):
            act(strategy=draft, by=made.ana)


def test_stale_texts_replace_nothing(made, draft):
    read = fresh(draft).version
    change_strategy(strategy=draft, values={"goal": "First."}, version=read, by=made.ana)

    with pytest.raises(ChangedMeanwhileError) as refused:
        change_strategy(strategy=draft, values={"goal": "Second."}, version=read, by=made.ana)

    assert refused.value.current.goal == "First."
    assert fresh(draft).goal == "First."
