"""Staff see what failed too often, and let it be tried again."""

import pytest
from django.utils import timezone

from matching.models import MatchRun, Renewal, RunStatus
from tests import factories
from tests.standing_scenes import standing
from tibs.accounts.roles import RoleCode
from tibs.core.errors import NotAllowedError, WrongStateError
from tibs.core.leases import MOST_ATTEMPTS
from tibs.events.models import AuditRecord, Letter, Outbox
from tibs.reports.parked.rows import Kind, groups, kind_of
from tibs.reports.parked.services import try_again, try_all_again

pytestmark = pytest.mark.django_db


@standing
def staff(signe):
    return factories.actor(signe)


@pytest.fixture
def letter():
    return Letter.objects.create(
        key="one",
        template="told",
        to_address="aino@example.org",
        language="en",
        attempts=MOST_ATTEMPTS,
        error="SMTPDataError",
        refused_at=timezone.now(),
    )


@standing
def delivery(polish_company):
    return Outbox.objects.create(
        record=AuditRecord.objects.latest("pk"),
        consumer="matching.tasks.renew_waiting",
        argument=polish_company.pk,
        attempts=MOST_ATTEMPTS,
        error="ValueError('Aino Salo <aino@example.org>')",
    )


@pytest.fixture
def renewal(polish_company):
    profile = factories.profile(polish_company)
    Renewal.objects.update_or_create(
        profile=profile, defaults={"asked": 2, "served": 1, "asked_at": timezone.now(), "attempts": 3}
    )
    return Renewal.objects.get(profile=profile)


def test_nothing_parked_is_good_news(client, signe):
    client.force_login(signe)

    assert "Nothing is parked" in client.get("/reports/parked/").text


def test_the_page_names_codes_and_kinds_of_errors_and_nobody(client, signe, letter, delivery, renewal):
    client.force_login(signe)

    page = client.get("/reports/parked/").text

    for said in (
        "told",
        "SMTPDataError",
        "matching.tasks.renew_waiting",
        "ValueError",
        renewal.profile.public_id,
    ):
        assert said in page
    assert "aino" not in page.lower()


def test_a_letter_is_freed_and_the_act_is_recorded(staff, letter):
    try_again(kind=Kind.LETTER, pk=letter.pk, by=staff)

    letter.refresh_from_db()
    assert (letter.attempts, letter.refused_at, letter.done_at) == (0, None, None)
    noted = AuditRecord.objects.get(event="reports.work.tried_again")
    assert (noted.actor_id, noted.facts) == (staff.id, {"kind": "letter"})


def test_a_delivery_and_a_renewal_are_freed(staff, delivery, renewal):
    try_again(kind=Kind.DELIVERY, pk=delivery.pk, by=staff)
    try_again(kind=Kind.RENEWAL, pk=renewal.pk, by=staff)

    assert not Outbox.objects.parked().exists()
    assert renewal in Renewal.objects.waiting()


@pytest.mark.parametrize("kind", ["letter", "delivery", "renewal"])
def test_all_of_a_kind_are_freed_with_one_click_and_no_other(client, signe, letter, delivery, renewal, kind):
    client.force_login(signe)
    second = Letter.objects.get(pk=letter.pk)
    second.pk, second.key = None, "two"
    second.save()

    answer = client.post("/reports/parked/again/", {"kind": kind, "row": "all"}, follow=True)

    left = {group.kind: group.count.value for group in groups()}
    assert left == {"letter": 2, "delivery": 1, "renewal": 1, "run": 0} | {kind: 0}
    assert "tried again now" in answer.text


def test_all_again_is_for_staff(aleksandra, letter):
    with pytest.raises(NotAllowedError):
        try_all_again(kind=Kind.LETTER, by=factories.actor(aleksandra))


def test_what_does_not_wait_any_more_is_refused(staff, letter):
    try_again(kind=Kind.LETTER, pk=letter.pk, by=staff)

    with pytest.raises(WrongStateError):
        try_again(kind=Kind.LETTER, pk=letter.pk, by=staff)


def test_an_administrator_begins_a_new_run_after_one_that_failed():
    failed = MatchRun.objects.create(status=RunStatus.FAILED, finished_at=timezone.now(), error="It stopped.")
    chief = factories.actor(factories.person("Ott Tamm", role=RoleCode.ADMINISTRATOR))

    try_again(kind=Kind.RUN, pk=failed.pk, by=chief)

    assert MatchRun.objects.latest("pk").status == RunStatus.QUEUED


def test_staff_cannot_start_a_matching(staff):
    failed = MatchRun.objects.create(status=RunStatus.FAILED, finished_at=timezone.now())

    with pytest.raises(NotAllowedError):
        try_again(kind=Kind.RUN, pk=failed.pk, by=staff)


def test_brokers_see_nothing_of_it(client, aleksandra, letter):
    client.force_login(aleksandra)

    assert client.get("/reports/parked/").status_code == 403
    with pytest.raises(NotAllowedError):
        try_again(kind=Kind.LETTER, pk=letter.pk, by=factories.actor(aleksandra))


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": "letter"},
        {"kind": "house", "row": "1"},
        {"kind": "letter", "row": "9" * 30},
        {"row": "²"},
    ],
)
def test_nonsense_is_not_found(client, signe, data):
    client.force_login(signe)

    assert client.post("/reports/parked/again/", data).status_code == 404


@pytest.mark.parametrize(
    ("noted", "kind"),
    [
        ("SMTPDataError", "SMTPDataError"),
        ("ValueError('Aino Salo')", "ValueError"),
        ("It could not be planned: KeyError('x')", "KeyError"),
        ("A part lost its worker three times.", ""),
        ("", ""),
    ],
)
def test_only_the_kind_of_an_error_is_told(noted, kind):
    assert kind_of(noted) == kind
