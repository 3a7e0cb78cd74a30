"""A full matching: what it finds, what it leaves out, and that it is done once whatever happens.

What needs several connections is in `test_runs_at_once.py`."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone

from companies.choices import Purpose
from companies.models import ProfileText
from companies.services.consents import withdraw_consent
from companies.services.erasure import erase_company
from matching.models import Match, MatchRun, PartKind, RunPart, RunStatus
from matching.services import parts, runs
from tests import factories
from tests.matching.conftest import as_it_stands, finish
from tibs.accounts.actor import VISITOR
from tibs.core.errors import NotAllowedError, WrongStateError


@pytest.fixture
def market(standing_market, db):
    return as_it_stands(standing_market)


def found():
    """What the newest run found, comparable between runs."""
    rows = Match.objects.filter(is_current=True).order_by("first", "second")
    return list(rows.values_list("first", "second", "score", "first_rank", "second_rank", "parts"))


def test_a_run_pairs_only_firms_of_different_countries(market):
    run = finish(runs.request_run(by=factories.BENCH))

    assert run.status == RunStatus.DONE
    pairs = Match.objects.filter(is_current=True).select_related("first__company", "second__company")
    assert pairs
    assert run.pairs == len(pairs)
    assert all(pair.first.company.country_id != pair.second.company.country_id for pair in pairs)


def test_the_best_partner_is_the_one_who_offers_what_is_sought(market):
    finish(runs.request_run(by=factories.BENCH))

    planks, stairs = market[0], market[7]
    best = Match.objects.of_profile(planks).first()

    assert best.second.company.name.endswith(" 1")
    assert best.parts["forward"]["text"] > 0
    assert Match.objects.filter(first=planks, second=stairs).exists()


def test_the_parts_of_a_stored_match_add_up_to_its_directions(market):
    finish(runs.request_run(by=factories.BENCH))

    for match in Match.objects.filter(is_current=True):
        assert sum(match.parts["forward"].values()) == pytest.approx(match.forward, abs=1e-5)
        assert sum(match.parts["backward"].values()) == pytest.approx(match.backward, abs=1e-5)


def test_a_second_run_over_the_same_profiles_finds_the_same(market):
    finish(runs.request_run(by=factories.BENCH))
    before = found()

    finish(runs.request_run(by=factories.BENCH))

    assert found() == before
    assert not RunPart.objects.filter(run__pk=MatchRun.objects.latest("pk").pk, kind=PartKind.ENCODE).exists()


def test_only_one_run_is_under_way(market):
    runs.request_run(by=factories.BENCH)

    with pytest.raises(WrongStateError):
        runs.request_run(by=factories.BENCH)


def test_a_visitor_cannot_start_a_run(db):
    with pytest.raises(NotAllowedError):
        runs.request_run(by=VISITOR)


def withdraw(company):
    consent = {"company": company, "purpose": Purpose.PUBLISH_ANONYMOUS, "language": "en"}
    withdraw_consent(**consent, by=factories.BENCH)


def let_end(company):
    company.consents.update(valid_until=timezone.now())


def erase(company):
    erase_company(company=company, by=factories.BENCH, reason="asked")


def change_nothing(company):
    """The negative control."""


@pytest.mark.parametrize(
    ("leave", "is_found"), [(withdraw, False), (let_end, False), (erase, False), (change_nothing, True)]
)
def test_who_withdraws_consent_while_the_run_computes_is_in_none_of_its_results(market, leave, is_found):
    run = runs.request_run(by=factories.BENCH)
    waiting = runs.advance(run.pk)
    while RunPart.objects.filter(pk__in=waiting).exclude(kind=PartKind.MERGE).exists():
        waiting += parts.work_on(waiting.pop(0))
    leaving = market[0]

    leave(leaving.company)
    for part in waiting:
        parts.work_on(part)

    assert MatchRun.objects.get().status == RunStatus.DONE
    assert Match.objects.filter(Q(first=leaving) | Q(second=leaving)).exists() is is_found


def test_words_that_change_under_a_run_make_it_compare_again(market):
    run = runs.request_run(by=factories.BENCH)
    waiting = runs.advance(run.pk)
    while not MatchRun.objects.filter(status=RunStatus.MATCHING).exists():
        waiting += parts.work_on(waiting.pop(0))
    parts._arrays.cache_clear()
    ProfileText.objects.filter(profile=market[0]).update(offered="Something quite different.")

    while waiting:
        waiting += parts.work_on(waiting.pop(0))

    run.refresh_from_db()
    assert (run.status, run.replans) == (RunStatus.DONE, 1)
    text = ProfileText.objects.get(profile=market[0], is_original=True)
    assert market[0].vector.text_hash == text.text_hash, "the new words were read"


def test_a_change_that_many_workers_see_is_planned_again_once(market):
    run = runs.request_run(by=factories.BENCH)
    waiting = runs.advance(run.pk)
    while not MatchRun.objects.filter(status=RunStatus.MATCHING).exists():
        waiting += parts.work_on(waiting.pop(0))
    stale = MatchRun.objects.get().snapshot_hash
    ProfileText.objects.filter(profile=market[0]).update(offered="Something quite different.")

    assert runs.replan(run.pk, stale)
    waiting = list(RunPart.objects.filter(run=run, done_at=None).values_list("pk", flat=True))
    while waiting:
        waiting += parts.work_on(waiting.pop(0))

    assert runs.replan(run.pk, stale) == []
    run.refresh_from_db()
    assert (run.status, run.replans) == (RunStatus.DONE, 1)


def test_a_run_that_failed_writes_nothing_any_more(market):
    run = runs.request_run(by=factories.BENCH)
    waiting = runs.advance(run.pk)
    while RunPart.objects.filter(pk__in=waiting).exclude(kind=PartKind.MERGE).exists():
        waiting += parts.work_on(waiting.pop(0))

    runs.fail(run.pk, "enough")
    for part in waiting:
        parts.work_on(part)

    assert MatchRun.objects.get().status == RunStatus.FAILED
    assert not Match.objects.exists()


def test_the_command_matches_without_any_worker(market):
    out = StringIO()

    call_command("match", stdout=out)

    assert MatchRun.objects.get().status == RunStatus.DONE
    assert "pairs among 24 profiles" in out.getvalue()


def test_a_part_that_fails_three_times_ends_the_run_and_says_why(market, monkeypatch):
    def broken(part):
        raise ArithmeticError("no such number")

    monkeypatch.setitem(parts.DO, PartKind.TILE, broken)
    run = runs.request_run(by=factories.BENCH)
    finish(run)
    for _ in range(5):
        for part in runs.sweep()[1]:
            parts.work_on(part)

    run.refresh_from_db()
    assert run.status == RunStatus.FAILED
    assert "no such number" in run.error
    assert set(RunPart.objects.filter(kind=PartKind.TILE).values_list("attempts", flat=True)) <= {0, 1, 2, 3}


def test_a_worker_whose_lease_ran_out_does_not_write_over_the_one_that_took_over(market):
    run = runs.request_run(by=factories.BENCH)
    part = runs.advance(run.pk)[0]
    slow = RunPart.objects.claim(part, timezone.now())
    RunPart.objects.filter(pk=part).update(lease_until=timezone.now())
    quick = RunPart.objects.claim(part, timezone.now())

    assert RunPart.objects.finish(part, slow, timezone.now()) is False
    assert RunPart.objects.finish(part, quick, timezone.now()) is True
