"""A change brings the matches of one profile up to date, as a full run would have them.

What needs several connections is in `test_updates_at_once.py`.
"""

import pytest
from django.utils import timezone

from companies.choices import Purpose
from companies.models import CooperationProfile, ProfileText
from companies.services.consents import withdraw_consent
from companies.services.profiles import withdraw_profile
from matching import tasks
from matching.engine.search import rescore, search_all
from matching.models import Block, Match, MatchRun, Renewal
from matching.services import lists, renewals, results, runs, sampling, updates
from matching.services.board import board_of
from tests import factories
from tests.matching.conftest import as_it_stands, finish, see_letters, standing_firms
from tests.matching.test_runs import found
from tibs.events.models import AuditRecord

BREAD = "Bakes rye bread on stone and looks for packaging."


@pytest.fixture(scope="module")
def standing_matches(django_db_setup, django_db_blocker):
    """Three firms of different trades in each of four countries, matched by a run once for the module."""
    with standing_firms(django_db_blocker, firms=3) as keys:
        with pytest.MonkeyPatch.context() as patch:
            see_letters(patch)
            finish(runs.request_run(by=factories.BENCH))
        Renewal.objects.all().delete()
        yield keys


@pytest.fixture
def matched(standing_matches, db):
    return as_it_stands(standing_matches)


def newcomer(offered="Glued oak beams, dried.", country="DE"):
    company = factories.company(f"Neue {country}", host=factories.host(country))
    return factories.profile(company, offered=offered, sought="A joinery for stairs.")


def partners_of(profile):
    return {key for pair in Match.objects.of_profile(profile) for key in (pair.first_id, pair.second_id)} - {
        profile.pk
    }


def full_pass():
    """(first, second) -> score and both ranks, by a full pass over what may be matched now, with frozen means."""
    board = board_of(MatchRun.objects.latest_done())
    keys = board.snapshot.keys
    row_keys = [keys[public_id] for public_id in board.arrays.ids]
    lists_found = rescore(board.arrays, search_all(board.arrays))
    pairs = results._pairs(lists_found, row_keys)
    rows = results.matches_of(MatchRun.objects.latest_done(), board.arrays, row_keys, list(pairs))
    return {(row.first_id, row.second_id): (row.score, row.first_rank, row.second_rank) for row in rows}


def standing():
    rows = Match.objects.filter(is_current=True)
    return {(row.first_id, row.second_id): (row.score, row.first_rank, row.second_rank) for row in rows}


def assert_same(one, other):
    assert set(one) == set(other)
    for pair, (score, *ranks) in one.items():
        assert score == pytest.approx(other[pair][0], abs=1e-6)
        assert ranks == list(other[pair][1:])


def test_a_new_profile_has_its_partners_and_stands_in_their_lists(matched):
    profile = newcomer()

    assert updates.renew(profile.pk)

    assert partners_of(profile)
    assert profile.pk in partners_of(matched[1])
    assert_same(standing(), full_pass())


def test_changed_words_are_read_and_matched_as_a_full_pass_matches_them(matched):
    ProfileText.objects.filter(profile=matched[0]).update(offered=BREAD)
    Renewal.objects.ask([matched[0].pk], timezone.now())

    updates.renew(matched[0].pk)

    assert_same(standing(), full_pass())
    assert matched[0].vector.text_hash == ProfileText.objects.get(profile=matched[0]).text_hash


def test_renewing_an_unchanged_profile_changes_nothing(matched):
    before = found()
    Renewal.objects.ask([matched[0].pk], timezone.now())

    updates.renew(matched[0].pk)

    assert [row[:2] for row in found()] == [row[:2] for row in before]
    assert_same(standing(), full_pass())


def test_a_list_is_no_longer_than_it_may_be_and_holds_the_best(matched, monkeypatch):
    for module in (lists, updates):
        monkeypatch.setattr(module, "TOP", 3)
    best = list(Match.objects.of_profile(matched[0]).values_list("pk", flat=True)[:3])
    Renewal.objects.ask([matched[0].pk], timezone.now())

    updates.renew(matched[0].pk)

    ranked = [
        pair.pk
        for pair in Match.objects.of_profile(matched[0])
        if (pair.first_rank if pair.first_id == matched[0].pk else pair.second_rank) is not None
    ]
    assert ranked == best


@pytest.mark.parametrize(
    "leave",
    [
        lambda profile: withdraw_profile(profile=profile, by=factories.BENCH),
        lambda profile: withdraw_consent(
            company=profile.company,
            purpose=Purpose.PUBLISH_ANONYMOUS,
            language="en",
            by=factories.BENCH,
        ),
    ],
    ids=["withdrawn", "without consent"],
)
def test_who_leaves_is_in_no_list_any_more_and_the_others_move_up(matched, leave):
    leave(matched[0])

    assert not Match.objects.still_open().filter(first=matched[0]).exists(), "gone before any worker came"
    updates.renew(matched[0].pk)

    assert_same(standing(), full_pass())


def test_companies_that_do_not_want_each_other_are_no_pair(matched):
    mine, theirs = matched[0].company, matched[3].company
    Block.objects.create(company=theirs, other=mine)

    assert matched[3].pk not in partners_of(matched[0])
    Renewal.objects.ask([matched[0].pk], timezone.now())
    updates.renew(matched[0].pk)

    assert_same(standing(), full_pass())
    assert (matched[0].pk, matched[3].pk) not in standing()


def test_nobody_asked_is_nothing_to_do(matched):
    assert updates.renew(matched[0].pk) is False


def test_an_event_asks_and_the_nudge_serves(matched, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        profile = newcomer()

    assert Renewal.objects.waiting().filter(pk=profile.pk).exists()
    tasks.renew_profile(pk=profile.pk)
    assert not Renewal.objects.waiting().exists()


def test_a_change_that_nobody_told_is_found_by_the_sweep(matched):
    CooperationProfile.objects.filter(pk=matched[0].pk).update(updated_at=timezone.now())

    renewals.sweep(timezone.now())

    assert list(Renewal.objects.waiting()) == [Renewal.objects.get(pk=matched[0].pk)]
    assert renewals.sweep(timezone.now() + renewals.PATIENCE) == [matched[0].pk]


def test_a_profile_that_fails_three_times_is_left_alone_and_says_why(matched, monkeypatch):
    def broken(*_):
        raise ArithmeticError("no such number")

    monkeypatch.setattr(updates, "_compute", broken)
    Renewal.objects.ask([matched[0].pk], timezone.now())

    for _ in range(3):
        with pytest.raises(ArithmeticError):
            updates.renew(matched[0].pk)

    assert updates.renew(matched[0].pk) is False
    assert "no such number" in Renewal.objects.get().error


def test_a_change_during_the_work_is_not_forgotten(matched, monkeypatch):
    write = updates._write

    def asked_again(given, asked):
        Renewal.objects.ask([matched[0].pk], timezone.now())
        return write(given, asked)

    monkeypatch.setattr(updates, "_write", asked_again)
    Renewal.objects.ask([matched[0].pk], timezone.now())

    updates.renew(matched[0].pk)

    assert Renewal.objects.waiting().filter(pk=matched[0].pk).exists()


@pytest.mark.parametrize("is_guarded", [True, False], ids=["guarded", "control"])
def test_the_end_of_a_run_does_not_bring_back_what_a_newer_update_replaced(matched, is_guarded, monkeypatch):
    run = runs.request_run(by=factories.BENCH)
    waiting = runs.advance(run.pk)
    while run.parts.exclude(kind="merge").filter(done_at=None).exists():
        waiting += tasks.parts.work_on(waiting.pop(0))
    ProfileText.objects.filter(profile=matched[0]).update(offered=BREAD)
    late = newcomer()
    for profile in (matched[0], late):
        Renewal.objects.ask([profile.pk], timezone.now())
        updates.renew(profile.pk)
    fresh = {pair: row[0] for pair, row in standing().items() if matched[0].pk in pair or late.pk in pair}
    if not is_guarded:
        run.refresh_from_db()
        kept = tasks.parts._of_run(run)[0].digests
        monkeypatch.setattr(results.snapshots, "digests_of", lambda _keys: kept)

    while waiting:
        waiting += tasks.parts.work_on(waiting.pop(0))

    run.refresh_from_db()
    after = {pair: row[0] for pair, row in standing().items() if matched[0].pk in pair or late.pk in pair}
    assert run.status == "done"
    assert (after == fresh) is is_guarded
    if is_guarded:
        assert set(renewals.waiting()) == {matched[0].pk, late.pk}, "they are compared by the new means soon"


def test_a_sample_of_a_run_is_compared_and_noted(matched):
    run = MatchRun.objects.latest_done()

    assert sampling.compare(run.pk) < 1e-6

    run.refresh_from_db()
    assert run.sampled == 12
    assert run.sample_gap < 1e-6


def test_staff_hear_of_a_run_that_does_not_agree(matched):
    Match.objects.filter(is_current=True).update(score=0.9)

    assert sampling.compare(MatchRun.objects.latest_done().pk) > 0.1
    assert AuditRecord.objects.filter(event="matching.run.strayed").exists()
