"""Interest that nobody answers: reminded at half, escalated at full time, and the visitor told at double time."""

from datetime import UTC, datetime, timedelta

import pytest

from companies.choices import InterestEnd, InterestStatus, Stage
from companies.models import Company, ExpressionOfInterest
from companies.services import expression_clock
from companies.services.erasure import erase_company
from companies.services.expression_clock import advance_interests
from companies.services.expressions import close_interest, confirm_interest
from matching.services.introductions.starting import start_from_interest
from regions.working_days import times_of
from tests import factories
from tests.companies.services.test_expressions import link_of, written
from tests.letters import letters_to
from tests.standing_scenes import standing
from tibs.accounts.roles import RoleCode
from tibs.events.models import AuditRecord, InboxItem

pytestmark = pytest.mark.django_db
# A Monday; nothing is a holiday in Finland in the two weeks after it.
MONDAY = datetime(2026, 11, 9, 9, tzinfo=UTC)
HALF, FULL, DOUBLE = (MONDAY + timedelta(days=days) for days in (2, 3, 5))
VISITOR = "aino@saimaa.example"


@standing
def chief():
    return factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=factories.host("FI"))


@pytest.fixture
def known(finnish_company):
    """The visitor's firm is one that Johanna serves."""
    factories.contact(finnish_company, "Aino Salo")
    finnish_company.contacts.update(email=VISITOR)
    Company.objects.filter(pk=finnish_company.pk).update(stage=Stage.ACTIVE)
    return finnish_company


@pytest.fixture
def waiting(known, polish_company, chief):
    written(factories.profile(polish_company, now=MONDAY - timedelta(days=9)), now=MONDAY)
    return confirm_interest(token=link_of(), now=MONDAY)


def told(user):
    return list(InboxItem.objects.filter(user=user).order_by("pk").values_list("notice", flat=True))


def waits_for(user):
    return InboxItem.objects.filter(user=user, done_at=None).exists()


def subjects():
    return [subject for subject, _words in letters_to(VISITOR)]


def test_the_times_are_those_of_everything_that_waits(waiting):
    times = times_of(factories.country("FI"), MONDAY, 2)

    assert (waiting.remind_at, waiting.due_at, waiting.return_at) == (
        times.remind_at,
        times.due_at,
        times.return_at,
    )
    assert times.remind_at < times.due_at < times.return_at


def test_nothing_is_due_before_half_of_the_time(waiting, johanna):
    assert advance_interests(now=MONDAY + timedelta(hours=30)) == 0
    assert told(johanna) == ["companies.expression.arrived"]


def test_the_broker_is_reminded_at_half_time_once(waiting, johanna, chief):
    assert [advance_interests(now=HALF), advance_interests(now=HALF)] == [1, 0]
    assert told(johanna) == ["companies.expression.arrived", "companies.expression.reminded"]
    assert told(chief) == []


def test_the_coordinators_hear_at_full_time_once_and_the_trail_says_so(waiting, chief):
    assert [advance_interests(now=FULL), advance_interests(now=FULL)] == [1, 0]
    assert told(chief) == ["companies.expression.late"]
    assert AuditRecord.objects.get(event="companies.expression.escalated").subject_id == waiting.public_id


def test_the_visitor_hears_at_double_time_once_who_can_be_written_to(waiting):
    advance_interests(now=FULL)
    before = subjects()

    assert [advance_interests(now=DOUBLE), advance_interests(now=DOUBLE)] == [1, 0]

    assert len(subjects()) == len(before) + 1
    assert "Kinno" in letters_to(VISITOR)[-1][1]
    assert ExpressionOfInterest.objects.get().status == InterestStatus.ROUTED


def test_a_clock_that_stood_still_reminds_nobody_of_what_is_late(waiting, johanna):
    advance_interests(now=DOUBLE)

    assert "companies.expression.reminded" not in told(johanna)


@pytest.mark.parametrize("end", ["closed", "taken up"])
def test_whoever_deals_with_it_stops_the_clock_and_everything_that_waits(waiting, end, johanna, chief):
    for now in (HALF, FULL):
        advance_interests(now=now)
    by = factories.actor(johanna)
    if end == "closed":
        close_interest(expression=waiting, reason=InterestEnd.NO_FIT, by=by)
    else:
        start_from_interest(expression=waiting, by=by)

    assert advance_interests(now=DOUBLE) == 0
    assert not InboxItem.objects.filter(notice__startswith="companies.expression.", done_at=None).exists()


def test_a_new_firm_has_the_clock_of_its_lead_until_somebody_claims_it(polish_company, johanna, chief):
    written(factories.profile(polish_company, now=MONDAY - timedelta(days=9)), now=MONDAY)
    lead = confirm_interest(token=link_of(), now=MONDAY).company

    assert [advance_interests(now=HALF), advance_interests(now=FULL)] == [0, 0]

    Company.objects.filter(pk=lead.pk).update(owner=johanna)
    assert advance_interests(now=FULL) == 1
    assert told(chief) == ["companies.expression.late"]


def test_the_visitor_of_a_firm_that_nobody_claims_is_told_all_the_same(polish_company, johanna):
    written(factories.profile(polish_company, now=MONDAY - timedelta(days=9)), now=MONDAY)
    confirm_interest(token=link_of(), now=MONDAY)

    assert advance_interests(now=DOUBLE) == 1


def test_an_erased_firm_waits_for_nobody(waiting):
    erase_company(company=waiting.company, by=factories.BENCH, reason="asked")

    assert advance_interests(now=DOUBLE) == 0


def test_unconfirmed_interest_has_no_clock(polish_company):
    written(factories.profile(polish_company, now=MONDAY - timedelta(days=9)), now=MONDAY)

    assert advance_interests(now=DOUBLE) == 0


def test_an_interest_that_fails_does_not_keep_the_others(waiting, polish_company, johanna, monkeypatch):
    other = factories.interest(waiting.profile, company=waiting.company, form_token="another")
    times = {name: getattr(waiting, name) for name in ("remind_at", "due_at", "return_at")}
    ExpressionOfInterest.objects.filter(pk=other.pk).update(status=waiting.status, **times)
    working = expression_clock.tell_of_interest

    def poisoned(notice, expression, *args, **options):
        if expression.pk == waiting.pk:
            raise ZeroDivisionError
        working(notice, expression, *args, **options)

    monkeypatch.setattr(expression_clock, "tell_of_interest", poisoned)

    assert advance_interests(now=HALF) == 1
    reminded = ExpressionOfInterest.objects.filter(reminded_at=HALF)
    assert [row.pk for row in reminded] == [other.pk]
