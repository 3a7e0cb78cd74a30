"""Nothing is taken a day too early or left a day too long, and the dry run tells the truth (G-9)."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.formats import date_format

from brokers.models import ApiClient, IdempotencyKey
from companies.choices import RegistrationStatus, Stage, Way
from companies.models import (
    Assessment,
    Company,
    Disclosure,
    ExpressionOfInterest,
    Registration,
    SavedSearch,
)
from companies.services import retention
from companies.services.retention import due_by_rule, take_what_is_due
from tests import factories
from tests.letters import letters_to
from tibs.core.months import months_after
from tibs.events.models import AuditRecord, InboxItem, Letter
from tibs.figures import (
    DISCLOSURE_MONTHS,
    DORMANT_COMPANY_MONTHS,
    DRAFT_ASSESSMENT_LIFE,
    IDEMPOTENCY_LIFE,
    LETTER_LIFE,
    NOTICE_BEFORE_ERASURE,
    REFUSED_COMPANY_MONTHS,
    UNCONFIRMED_INTEREST_LIFE,
    UNCONFIRMED_REGISTRATION_LIFE,
    UNCONFIRMED_SEARCH_LIFE,
)

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def registration(status=RegistrationStatus.WAITING, **values):
    number = Registration.objects.count()
    made = Registration.objects.create(
        status=status,
        form_token=f"token-{number}",
        expires_at=BEGIN + UNCONFIRMED_REGISTRATION_LIFE,
        **values,
    )
    Registration.objects.filter(pk=made.pk).update(created_at=BEGIN)
    return made


def at_stage(company, stage):
    Company.objects.filter(pk=company.pk).update(stage=stage, stage_changed_at=BEGIN)
    return company


def unconfirmed(company):
    return registration(email="eva@example.org")


def interest(company):
    return ExpressionOfInterest.objects.create(
        profile=factories.draft(company),
        country=company.country,
        language="en",
        form_token="interest",
        expires_at=BEGIN + UNCONFIRMED_INTEREST_LIFE,
    )


def search(company):
    made = SavedSearch.objects.create(email="eva@example.org", language="en", link_digest="d")
    SavedSearch.objects.filter(pk=made.pk).update(created_at=BEGIN)
    return made


def unfinished(company):
    return Assessment.objects.create(
        company=company, instrument_version=1, expires_at=BEGIN + DRAFT_ASSESSMENT_LIFE
    )


def network(company):
    return registration(
        RegistrationStatus.CONFIRMED, confirmed_at=BEGIN, company=company, network="192.0.2.1"
    )


def refused(company):
    return at_stage(company, Stage.NOT_ELIGIBLE)


def at_rest(company):
    return at_stage(company, Stage.DORMANT)


def told(company):
    long_ago = months_after(BEGIN, -DORMANT_COMPANY_MONTHS)
    Company.objects.filter(pk=company.pk).update(
        stage=Stage.WITHDRAWN, stage_changed_at=long_ago, retention_notice_at=BEGIN
    )
    return company


def disclosure(company):
    return Disclosure.objects.create(
        company=company, actor_id="usr_1", way=Way.PAGE, what=["email"], at=BEGIN
    )


def letter(company):
    return Letter.objects.create(
        key="x",
        template="greeting",
        to_address="eva@example.org",
        language="en",
        created_at=BEGIN,
        done_at=BEGIN,
    )


def idempotency(company):
    client = ApiClient.objects.create(name="Partner site", organisation=company.host)
    made = IdempotencyKey.objects.create(client=client, key="k", fingerprint="f", status=201, answer={})
    IdempotencyKey.objects.filter(pk=made.pk).update(created_at=BEGIN)
    return made


def notice(company):
    """Read by its reader, who is waited for no longer."""
    return InboxItem.objects.create(
        user=company.owner, key="x", notice="tests.noted", url="/", created_at=BEGIN, read_at=BEGIN
    )


# Each class: what makes a row of it at BEGIN, and the first moment at which it goes.
CLASSES = {
    "registration": (unconfirmed, BEGIN + UNCONFIRMED_REGISTRATION_LIFE),
    "interest": (interest, BEGIN + UNCONFIRMED_INTEREST_LIFE),
    "search": (search, BEGIN + UNCONFIRMED_SEARCH_LIFE),
    "assessment": (unfinished, BEGIN + DRAFT_ASSESSMENT_LIFE),
    "network": (network, BEGIN + LETTER_LIFE),
    "refused": (refused, months_after(BEGIN, REFUSED_COMPANY_MONTHS)),
    "told": (told, BEGIN + NOTICE_BEFORE_ERASURE),
    "at_rest": (at_rest, months_after(BEGIN, DORMANT_COMPANY_MONTHS)),
    "disclosure": (disclosure, months_after(BEGIN, DISCLOSURE_MONTHS)),
    "letter": (letter, BEGIN + LETTER_LIFE),
    "notice": (notice, BEGIN + LETTER_LIFE),
    "idempotency": (idempotency, BEGIN + IDEMPOTENCY_LIFE),
}


def taken(run, code):
    (one,) = [one for one in run if one.rule.code == code]
    return one.keys


def test_every_rule_has_a_class_of_rows_here():
    assert {rule.code for rule in retention.RULES} == set(CLASSES)


@pytest.mark.parametrize("code", CLASSES)
def test_row_stays_the_day_before_and_goes_the_day_after(code, polish_company):
    make, limit = CLASSES[code]
    row = make(polish_company)

    early = taken(take_what_is_due(limit - DAY), code)
    foretold = taken(due_by_rule(limit + DAY), code)
    late = taken(take_what_is_due(limit + DAY), code)
    again = taken(take_what_is_due(limit + DAY), code)

    assert (early, late, again) == ((), (row.pk,), ())
    assert foretold == late


@pytest.mark.parametrize("code", CLASSES)
def test_row_stays_until_its_last_moment(code, polish_company):
    make, limit = CLASSES[code]
    row = make(polish_company)

    assert taken(due_by_rule(limit - timedelta(microseconds=1)), code) == ()
    assert taken(due_by_rule(limit), code) == (row.pk,)


def test_dry_run_equals_the_run_when_everything_is_due(polish_company, finnish_company):
    factories.contact(finnish_company)
    for make in (unconfirmed, network, disclosure, letter, idempotency, refused):
        make(polish_company)
    at_rest(finnish_company)
    much_later = months_after(BEGIN, 30)
    before = list(Company.objects.order_by("pk").values())

    foretold = due_by_rule(much_later)

    assert list(Company.objects.order_by("pk").values()) == before
    assert take_what_is_due(much_later) == foretold
    assert sum(len(one.keys) for one in foretold) == 7


def test_firm_at_rest_is_told_and_then_erased(polish_company):
    eva = factories.contact(at_rest(polish_company))
    end = months_after(BEGIN, DORMANT_COMPANY_MONTHS)

    take_what_is_due(end)
    ((subject, words),) = letters_to(eva.email)
    take_what_is_due(end + NOTICE_BEFORE_ERASURE)

    polish_company.refresh_from_db()
    assert "Stolarnia Dąb" in subject
    assert date_format(end + NOTICE_BEFORE_ERASURE) in words
    assert polish_company.erased_at is not None
    assert not polish_company.contacts.exists()


def test_firm_that_comes_back_after_the_notice_is_kept_and_told_anew_later(polish_company):
    end = months_after(BEGIN, DORMANT_COMPANY_MONTHS)
    at_rest(polish_company)
    take_what_is_due(end)

    Company.objects.update(stage=Stage.ACTIVE, stage_changed_at=end + DAY)
    active = take_what_is_due(end + 2 * NOTICE_BEFORE_ERASURE)
    Company.objects.update(stage=Stage.DORMANT, stage_changed_at=end + 100 * DAY)
    resting = take_what_is_due(end + 100 * DAY + NOTICE_BEFORE_ERASURE)
    at_last = take_what_is_due(months_after(end + 100 * DAY, DORMANT_COMPANY_MONTHS))

    assert taken(active, "told") == taken(resting, "told") == ()
    assert taken(at_last, "at_rest") == (polish_company.pk,)


@pytest.mark.parametrize("stage", [Stage.LEAD, Stage.SCREENING, Stage.ENROLLED, Stage.ACTIVE])
def test_firm_in_work_is_never_taken(stage, polish_company):
    at_stage(polish_company, stage)

    run = take_what_is_due(months_after(BEGIN, 240))

    assert [one.keys for one in run if one.rule.code in {"refused", "told", "at_rest"}] == [(), (), ()]


def test_confirmed_registration_stays_with_its_firm(polish_company):
    kept = network(polish_company)

    take_what_is_due(BEGIN + timedelta(days=300))

    kept.refresh_from_db()
    assert (kept.network, kept.status) == ("", RegistrationStatus.CONFIRMED)


def test_letter_that_still_waits_for_its_worker_is_left_alone(polish_company):
    letter(polish_company)
    Letter.objects.update(done_at=None)

    assert taken(take_what_is_due(BEGIN + 2 * LETTER_LIFE), "letter") == ()


def test_notice_that_somebody_waits_for_is_never_taken_before_it_is_done(polish_company):
    row = notice(polish_company)
    InboxItem.objects.update(waits=True)

    open_for_long = taken(take_what_is_due(BEGIN + 30 * LETTER_LIFE), "notice")
    InboxItem.objects.update(done_at=BEGIN)

    assert open_for_long == ()
    assert taken(take_what_is_due(BEGIN + 30 * LETTER_LIFE), "notice") == (row.pk,)


def test_notice_that_nobody_has_read_stays_three_times_as_long(polish_company):
    row = notice(polish_company)
    InboxItem.objects.update(read_at=None)

    runs = [
        taken(take_what_is_due(BEGIN + days), "notice") for days in (3 * LETTER_LIFE - DAY, 3 * LETTER_LIFE)
    ]

    assert runs == [(), (row.pk,)]


def test_one_row_that_cannot_go_does_not_keep_the_others(polish_company, finnish_company, monkeypatch):
    refused(polish_company)
    refused(finnish_company)
    erase = retention.erase_company

    def fail_once(*, company, **values):
        if company == polish_company:
            raise RuntimeError
        return erase(company=company, **values)

    monkeypatch.setattr(retention, "erase_company", fail_once)

    run = take_what_is_due(months_after(BEGIN, 13))

    assert taken(run, "refused") == (finnish_company.pk,)
    assert Company.objects.get(pk=polish_company.pk).erased_at is None


def test_command_says_what_it_would_do_and_then_does_it(polish_company):
    refused(polish_company)
    Company.objects.update(stage_changed_at=datetime(2020, 1, 1, tzinfo=UTC))

    said, done = StringIO(), StringIO()
    call_command("retention", dry_run=True, stdout=said)
    untouched = Company.objects.get().erased_at is None
    call_command("retention", stdout=done)

    assert untouched
    assert said.getvalue() == done.getvalue() + "Nothing was changed.\n"
    assert f"1 refused       Companies that were refused: erased ({polish_company.pk})" in done.getvalue()
    assert AuditRecord.objects.filter(
        event="companies.company.erased", facts={"reason": "retention"}
    ).exists()
