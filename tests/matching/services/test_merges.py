"""What a merge of two entries means for their matches."""

import threading
from contextlib import nullcontext

import pytest
from django.db import connection

from companies.models import CooperationProfile
from companies.services.merging.merges import merge_companies
from companies.services.merging.undoing import undo_merge
from matching.models import Match
from matching.services import merges
from matching.services.introductions.starting import start_from_interest
from matching.services.lists import LOCK
from tests import factories, introducing
from tests.standing_scenes import standing
from tibs.core.errors import WrongStateError
from tibs.core.locks import one_at_a_time


@standing
def twins():
    """Two entries of one firm, each with a published profile, and a pair of these that a run has found."""
    host = factories.host("PL")
    entries = [factories.company(name, host=host) for name in ("Stolarnia Dąb", "Stolarnia Dab")]
    first, second = (factories.profile(entry) for entry in entries)
    return (*entries, factories.match(first, second))


@pytest.mark.django_db
def test_a_merge_ends_the_pair_of_the_two_and_undoing_it_brings_the_pair_back(twins):
    kept, absorbed, match = twins

    merge = merge_companies(kept=kept, absorbed=absorbed, by=factories.BENCH)
    match.refresh_from_db()
    assert not match.is_current
    undo_merge(merge=merge, by=factories.BENCH)

    match.refresh_from_db()
    assert match.is_current


@pytest.fixture
def merged():
    """Two Polish entries of one firm that were merged, and the profile that went along."""
    host = factories.host("PL")
    owner = factories.broker("Broker PL", organisation=host).membership.user
    kept, absorbed = (
        factories.company(name, host=host, owner=owner) for name in ("Stolarnia", "Stolarnia 2")
    )
    moved = factories.profile(absorbed)
    merge = merge_companies(kept=kept, absorbed=absorbed, by=factories.BENCH)
    return merge, CooperationProfile.objects.select_related("company__owner").get(pk=moved.pk)


def introduced_by(moved, side, status):
    """An introduction of the kept entry, from either side, by the profile that went along."""
    _firm, partner = introducing.side("FI", "Puusepät")
    pair = (moved, partner) if side == "sender" else (partner, moved)
    return introducing.introduction(*pair, status=status)


@pytest.mark.django_db
@pytest.mark.parametrize("side", ["sender", "receiver"])
@pytest.mark.parametrize("status", ["draft", "with_partner", "introduced"])
def test_a_merge_stays_while_the_firm_is_introduced_by_a_profile_that_would_go_back(merged, side, status):
    merge, moved = merged
    introduced_by(moved, side, status)

    with pytest.raises(WrongStateError):
        undo_merge(merge=merge, by=factories.BENCH)

    moved.refresh_from_db()
    assert moved.company == merge.kept


@pytest.mark.django_db
def test_a_merge_stays_while_an_introduction_rests_on_an_interest_that_would_go_back(merged):
    merge, _moved = merged
    undo_merge(merge=merge, by=factories.BENCH)
    _firm, partner = introducing.side("FI", "Puusepät")
    interest = factories.interest(partner, company=merge.absorbed)
    again = merge_companies(kept=merge.kept, absorbed=merge.absorbed, by=factories.BENCH)
    start_from_interest(expression=interest, by=factories.actor(merge.kept.owner))

    with pytest.raises(WrongStateError):
        undo_merge(merge=again, by=factories.BENCH)


@pytest.mark.django_db
def test_a_merge_is_undone_once_the_introduction_has_ended(merged):
    merge, moved = merged
    introduced_by(moved, "sender", "declined")

    undo_merge(merge=merge, by=factories.BENCH)

    moved.refresh_from_db()
    assert moved.company == merge.absorbed


@pytest.mark.django_db(transaction=True)
def test_a_merge_waits_for_a_run_that_writes_the_pair_at_that_moment(twins):
    merge_beside_a_run(*twins)

    assert not Match.objects.get().is_current


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_a_firm_stays_a_partner_of_itself(twins, monkeypatch):
    monkeypatch.setattr(merges, "one_at_a_time", lambda _name: nullcontext())

    merge_beside_a_run(*twins)

    assert Match.objects.get().is_current


def merge_beside_a_run(kept, absorbed, match):
    """A run writes the pair and commits a second later, or when the merge is done."""
    Match.objects.update(is_current=False)
    has_written, merged = threading.Event(), threading.Event()

    def run():
        try:
            with one_at_a_time(LOCK):
                Match.objects.filter(pk=match.pk).update(is_current=True)
                has_written.set()
                merged.wait(timeout=1)
        finally:
            connection.close()

    writer = threading.Thread(target=run)
    writer.start()
    assert has_written.wait(timeout=20)
    merge_companies(kept=kept, absorbed=absorbed, by=factories.BENCH)
    merged.set()
    writer.join(timeout=20)
    assert not writer.is_alive()
