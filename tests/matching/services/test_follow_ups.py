"""Follow-ups: when they are due, who is asked how often, and what may be answered."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from matching.models import FollowUp
from matching.services import follow_ups
from matching.services.follow_ups import answer_follow_up, ask_what_is_due, due_date, plan_follow_ups
from tests import factories
from tests.cooperating import agreement
from tests.standing_scenes import standing
from tibs.accounts.roles import RoleCode
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import InboxItem

pytestmark = pytest.mark.django_db

SIGNED = date(2025, 8, 31)
DUE = datetime.combine(date(2026, 2, 28), time(9), tzinfo=UTC)


@standing
def first(made):
    """The first follow-up of the Polish firm, due on the last day of February."""
    agreement(made, validated=True, signed_date=SIGNED)
    return FollowUp.objects.get(company=made.polish, months=6)


@pytest.mark.parametrize(
    ("signed", "months", "due"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 24, date(2030, 2, 28)),
        (date(2026, 5, 31), 6, date(2026, 11, 30)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
    ],
)
def test_due_on_the_same_day_or_the_last_one_of_a_shorter_month(signed, months, due):
    assert due_date(signed, months) == due


def test_planned_once_for_each_firm_and_time(made):
    counted = agreement(made, validated=True)

    plan_follow_ups(counted)

    assert FollowUp.objects.count() == 6
    assert set(FollowUp.objects.values_list("months", flat=True)) == {6, 12, 24}


def asked(notice="follow_up_due"):
    return InboxItem.objects.filter(notice=f"matching.cooperation.{notice}", waits=True)


def test_firm_and_broker_are_asked_once_when_it_is_due(first):
    assert ask_what_is_due(now=DUE - timedelta(days=1)) == 0
    assert ask_what_is_due(now=DUE) == 2
    assert ask_what_is_due(now=DUE) == 0

    assert asked().count() == 4


def test_reminder_comes_once_to_those_who_have_not_answered(made, first):
    ask_what_is_due(now=DUE)
    answer_follow_up(follow_up=first, values={"satisfaction": 5}, by=made.jan, now=DUE)

    assert ask_what_is_due(now=DUE + timedelta(days=13)) == 0
    assert ask_what_is_due(now=DUE + timedelta(days=14)) == 1
    assert ask_what_is_due(now=DUE + timedelta(days=15)) == 0

    assert {item.company_id for item in asked("follow_up_reminder")} == {made.finnish.public_id}


def test_second_reminder_and_then_the_coordinators(made, first):
    boss = factories.person("Zofia Maj")
    factories.member(boss, made.polish.host, role=RoleCode.COORDINATOR)
    asked_of = [
        (day, ask_what_is_due(now=DUE + timedelta(days=day))) for day in (0, 14, 15, 27, 28, 29, 41, 42, 43)
    ]

    assert asked_of == [
        (0, 2), (14, 2), (15, 0), (27, 0), (28, 2), (29, 0), (41, 0), (42, 2), (43, 0)
    ]  # fmt: skip
    assert asked("follow_up_second_reminder").count() == 4
    told = asked("follow_up_unanswered").get(company_id=made.polish.public_id)
    assert told.user == boss


def test_one_question_waits_at_a_time_however_often_it_is_asked(made, first):
    for day in (0, 14, 28):
        ask_what_is_due(now=DUE + timedelta(days=day))
        kind = "matching.cooperation.follow_up"
        waiting = InboxItem.objects.waiting().filter(notice__startswith=kind, user__public_id=made.jan.id)
        assert waiting.count() == 1

    assert waiting.get().notice == "matching.cooperation.follow_up_second_reminder"


def test_one_follow_up_that_fails_stops_no_other(made, first, monkeypatch):
    real = follow_ups._people

    def fails_for_one(follow_up):
        if follow_up.pk == first.pk:
            raise RuntimeError("bad row")
        return real(follow_up)

    monkeypatch.setattr(follow_ups, "_people", fails_for_one)

    assert ask_what_is_due(now=DUE) == 1
    first.refresh_from_db()
    assert first.told_at is None


def test_answer_settles_what_waited(made, first):
    ask_what_is_due(now=DUE)

    answer_follow_up(follow_up=first, values={"recommends": 9}, by=made.ana, now=DUE)

    assert not asked().filter(company_id=made.polish.public_id, done_at=None).exists()


def test_every_other_answer_may_be_left_out(made, first):
    answered = answer_follow_up(follow_up=first, values={"satisfaction": 3}, by=made.jan, now=DUE)

    assert answered.done_at == DUE
    assert (answered.turnover_change, answered.jobs_created, answered.still_cooperating) == ("", None, None)


@pytest.mark.parametrize("nothing", [{}, {"note": "", "jobs_created": None}])
def test_no_answer_at_all_leaves_the_questions_open(made, first, nothing):
    with pytest.raises(BadInputError, match="at least one"):
        answer_follow_up(follow_up=first, values=nothing, by=made.jan, now=DUE)

    first.refresh_from_db()
    assert first.done_at is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"satisfaction": 0},
        {"satisfaction": 6},
        {"recommends": 11},
        {"attributed_share": 101},
        {"jobs_created": -1},
        {"jobs_created": 10**30},
        {"turnover_change": "much"},
        {"note": "x" * 1001},
    ],
)
def test_answers_outside_of_their_scales_are_refused(made, first, wrong):
    with pytest.raises(BadInputError) as refused:
        answer_follow_up(follow_up=first, values=wrong, by=made.jan, now=DUE)

    assert set(refused.value.fields) == set(wrong)


def test_firm_answers_itself_or_through_its_own_broker(made, first):
    for by in (made.johanna, made.aino):
        with pytest.raises(NotAllowedError):
            answer_follow_up(follow_up=first, values={}, by=by, now=DUE)


def test_neither_too_early_nor_twice(made, first):
    with pytest.raises(WrongStateError):
        answer_follow_up(follow_up=first, values={}, by=made.jan, now=DUE - timedelta(days=1))
    answer_follow_up(follow_up=first, values={"satisfaction": 3}, by=made.jan, now=DUE)

    with pytest.raises(WrongStateError):
        answer_follow_up(follow_up=first, values={}, by=made.ana, now=DUE)


def test_nobody_of_the_other_side_reads_the_answers(made, first):
    seen = {
        name: FollowUp.objects.visible_to(getattr(made, name)) for name in ("ana", "jan", "johanna", "aino")
    }

    assert all(first in seen[name] for name in ("ana", "jan"))
    assert all(first not in seen[name] for name in ("johanna", "aino"))
    assert not FollowUp.objects.visible_to(factories.actor(factories.person("Eve Eve"))).exists()
