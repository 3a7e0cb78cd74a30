"""Partner sites send companies, each once however often they ask."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from brokers.api import idempotency
from brokers.models import ApiKey, IdempotencyKey
from companies.models import Company
from tests import factories
from tests.api.contract import assert_fits, assert_problem
from tests.letters import letters_to
from tests.standing_scenes import standing
from tibs.events.models import AuditRecord

pytestmark = pytest.mark.django_db
LEADS = "/api/v1/leads/"
CONTACT = {"name": "Ewa Lis", "email": "ewa@stolarnia.example", "language": "pl"}


@standing
def ana():
    return factories.broker("Ana Nowak", organisation=factories.host("PL"), languages=("pl",))


@standing
def key(ana):
    return factories.api_key()


def lead(**values):
    given = {"name": "Stolarnia Lis", "country": "PL", "contact": CONTACT, "contact_agreed": True}
    return given | values


def send(client, key, data=None, *, once="abc", **headers):
    named = {"Authorization": f"Bearer {key}", "Idempotency-Key": once} | headers
    return client.post(
        LEADS,
        lead() if data is None else data,
        content_type="application/json",
        headers={name: value for name, value in named.items() if value is not None},
    )


def test_company_comes_in_and_its_broker_is_told(client, key, ana):
    answer = send(client, key, lead(city="Białystok", register_number="0000123456", external_id="42"))

    assert answer.status_code == 201
    assert_fits(answer.json(), "ReceivedLead")
    company = Company.objects.get(public_id=answer.json()["id"])
    assert (company.source, company.external_id) == ("Partner site", "42")
    assert company.proposed_owner == ana.membership.user
    assert len(letters_to(ana.membership.user.email)) == 1


def test_audit_names_the_site_and_nobody_of_the_company(client, key):
    send(client, key)

    record = AuditRecord.objects.get(event="companies.lead.created")
    assert (record.actor_kind, record.actor_id[:4]) == ("site", "api_")
    assert "Ewa" not in str(record.facts)


def test_key_may_stand_in_its_own_header(client, key):
    assert send(client, None, **{"Authorization": None, "X-API-Key": key}).status_code == 201


@pytest.mark.parametrize("sent", ["", "tibs_live_00000000_" + "A" * 43, "ž", "x" * 5000])
def test_unknown_key_is_refused_without_a_reason(client, key, sent):
    assert_problem(send(client, sent), 401, "authentication_required")
    assert not Company.objects.exists()


def test_session_of_a_person_is_no_key(client, ana):
    client.force_login(ana.membership.user)

    assert_problem(send(client, None, Authorization=None), 401, "authentication_required")


def test_expired_key_is_refused(client, key):
    ApiKey.objects.update(expires_at=timezone.now())

    assert_problem(send(client, key), 401, "authentication_required")


def test_key_for_something_else_is_refused(client, key):
    ApiKey.objects.update(scopes=["profiles:read"])

    assert_problem(send(client, key), 403, "not_allowed")


def test_key_in_the_address_is_refused(client, key):
    answer = client.post(
        f"{LEADS}?key={key}",
        lead(),
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}", "Idempotency-Key": "a"},
    )

    assert_problem(answer, 400, "invalid_parameters")


@pytest.mark.parametrize("once", [None, "", " ", "x" * 256, "é"])
def test_request_without_an_idempotency_key_is_refused(client, key, once):
    assert_problem(send(client, key, once=once), 400, "idempotency_key_missing")


def test_repeated_request_gets_the_same_answer_and_one_company(client, key):
    first, second = send(client, key), send(client, key)

    assert (second.status_code, second.json()) == (201, first.json())
    assert second.headers["Idempotent-Replayed"] == "true"
    assert Company.objects.count() == 1


def test_same_key_for_another_company_is_refused(client, key):
    send(client, key)

    assert_problem(send(client, key, lead(name="Other")), 422, "idempotency_key_used_before")


def test_idempotency_keys_of_two_sites_are_apart_and_end_after_a_day(client, key):
    send(client, key)
    other = factories.api_key(factories.site("Another site"))
    assert send(client, other, lead(name="Other")).status_code == 201

    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(days=1, seconds=1))
    assert send(client, key, lead(name="Third")).status_code == 201
    assert Company.objects.count() == 3


def test_refused_company_may_be_mended_under_the_same_key(client, key):
    assert send(client, key, lead(country="XX")).status_code == 400

    assert send(client, key).status_code == 201


def test_crash_in_the_middle_leaves_nothing_and_the_next_attempt_works(client, key, monkeypatch):
    client.raise_request_exception = False

    def crash(**_):
        raise RuntimeError("power")

    with monkeypatch.context() as patch:
        patch.setattr(IdempotencyKey.objects, "create", crash)
        assert_problem(send(client, key), 500, "server_error")
    assert not Company.objects.exists()

    assert send(client, key).status_code == 201


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"name": ""}, "name"),
        ({"country": "XX"}, "country"),
        ({"country": 10**30}, "country"),
        ({"region": "XX999"}, "region"),
        ({"staff_count": 10**30}, "staff_count"),
        ({"founded_year": "NaN"}, "founded_year"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"contact": CONTACT | {"email": "nobody"}}, "contact.email"),
        ({"contact": CONTACT | {"role": "chef"}}, "contact.role"),
        ({"contact": "Ewa"}, "contact.non_field_errors"),
        ({"contact_agreed": False}, "contact_agreed"),
        ({"owner": 1}, "owner"),
        ({"name": "x" * 201}, "name"),
    ],
)
def test_every_fault_is_named_by_its_place(client, key, values, place):
    problem = assert_problem(send(client, key, lead(**values)), 400, "invalid_parameters")

    assert place in {error["parameter"] for error in problem["errors"]}


def test_same_company_of_a_site_comes_in_once(client, key):
    send(client, key, lead(external_id="42"), once="a")

    problem = assert_problem(send(client, key, lead(external_id="42"), once="b"), 400, "invalid_parameters")

    assert problem["errors"]
    assert Company.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 415), ("[]", 400), ("null", 400), ('"x"', 400), ("{", 400), ('{"name": "\\u0000"}', 400),
        ('{"name": "\\ud800"}', 400), ("[" * 100_000, 400), ("1e999", 400),
        ('{"name": "' + "x" * 1_100_000 + '"}', 413),
    ],
)  # fmt: skip
def test_nasty_bodies_are_refused(client, key, body, status):
    answer = client.post(
        LEADS,
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}", "Idempotency-Key": "a"},
    )

    assert answer.status_code == status
    assert_fits(answer.json(), "Problem")


def test_forms_are_not_read(client, key):
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "a"}

    assert_problem(client.post(LEADS, {"name": "x"}, headers=headers), 415, "unsupported_media_type")
    assert_problem(client.get(LEADS, headers=headers), 405, "method_not_allowed")


def test_text_of_all_kinds_comes_in_as_it_is(client, key):
    name = "🦉 \u202eδρυς <b>Łódź</b>"

    answer = send(client, key, lead(name=name))

    assert Company.objects.get(public_id=answer.json()["id"]).name == name


def at_once(key, number):
    """The statuses and ids that many equal requests at the same moment get."""
    ready = threading.Barrier(number)

    def attempt(_position):
        ready.wait()
        try:
            answer = send(Client(), key)
        finally:
            connection.close()
        return answer.status_code, answer.json().get("id")

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(attempt, range(number)))


@pytest.mark.django_db(transaction=True)
def test_equal_requests_at_once_bring_one_company(ana, key):
    answers = at_once(key, 10)

    assert {status for status, _ in answers} <= {201, 409}
    assert len({made for status, made in answers if status == 201}) == 1
    assert Company.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_request_under_way_is_told_to_wait(client, ana, key, monkeypatch):
    monkeypatch.setattr(idempotency, "nobody_else", lambda _name: False)

    assert_problem(send(client, key), 409, "request_under_way")


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_same_request_would_be_worked_on_twice(ana, key, monkeypatch):
    """The control: then only the unique key of the database is left, and requests fail on it."""
    monkeypatch.setattr(idempotency, "nobody_else", lambda _name: True)
    together = threading.Barrier(2)
    work = idempotency._fingerprint

    def wait_for_each_other(request):
        made = work(request)
        together.wait(timeout=10)
        return made

    monkeypatch.setattr(idempotency, "_fingerprint", wait_for_each_other)
    Client.raise_request_exception = False

    with pytest.raises(Exception, match="brokers_idempotencykey_once"):
        at_once(key, 2)
