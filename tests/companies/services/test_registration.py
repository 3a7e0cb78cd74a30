"""Registrations at the same moment, in the wrong state, and after their time."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from companies.choices import Purpose, RegistrationStatus
from companies.consent_texts import text_hash
from companies.models import Company, Consent, Registration
from companies.services.registration import (
    confirm_registration,
    mail_resume_link,
    save_section,
    send_registration,
)
from companies.services.registration_links import LinkTooOldError, by_resume_token
from tests import factories
from tests.companies.filling import ANSWERS, link_in
from tests.letters import letters_to
from tibs.core.errors import BadInputError, WrongStateError
from tibs.events.models import AuditRecord, Letter

COMPLETE = {
    **ANSWERS,
    "about": ANSWERS["about"] | {"job_title": ""},
    "company": ANSWERS["company"] | {"website": "", "vat_number": "", "founded_year": None},
    "activity": {"description": "We build oak furniture.", "nace": "31", "secondary": []},
    "size": ANSWERS["size"] | {"staff_count": 34},
    "wishes": ANSWERS["wishes"] | {"heard_from": "", "previous_support": []},
    "consents": {
        "purposes": ["surveys"],
        "may_speak": True,
        "language": "en",
        "shown": {"surveys": text_hash(Purpose.SURVEYS, "en")},
    },
}


@pytest.fixture
def ready(ilze):
    """A registration with all sections, begun an hour ago."""
    return written()


def written():
    now = timezone.now()
    registration = None
    for section, answers in COMPLETE.items():
        registration = save_section(
            registration=registration,
            form_token="token",
            section=section,
            answers=answers,
            language="lv",
            network="192.0.2.1",
            now=now,
        )
    Registration.objects.filter(pk=registration.pk).update(created_at=now - timedelta(hours=1))
    registration.refresh_from_db()
    return registration


def all_at_once(act, number=50):
    """What `number` threads got, each with its own connection, let go at the same moment."""
    results, barrier = [], threading.Barrier(number)

    def run():
        try:
            barrier.wait(timeout=30)
            results.append(act())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


@pytest.mark.django_db(transaction=True)
def test_fifty_first_pages_at_once_begin_one_registration(db):
    factories.country("LV")

    def begin():
        return save_section(
            registration=None,
            form_token="the same",
            section="about",
            answers=COMPLETE["about"],
            language="lv",
            network="",
            now=timezone.now(),
        ).pk

    assert len(set(all_at_once(begin))) == 1
    assert Registration.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_confirmations_at_once_make_one_company(ready):
    send_registration(registration=ready)
    token = token_of("eva@koks.example")

    results = all_at_once(lambda: confirm_registration(token=token).pk)

    assert set(results) == {ready.pk}
    assert Company.objects.count() == 1
    assert AuditRecord.objects.filter(event="companies.lead.created").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_same_confirmations_would_make_several(ready, monkeypatch):
    """The control: it shows that the threads above do meet."""
    send_registration(registration=ready)
    token = token_of("eva@koks.example")
    monkeypatch.setattr(
        "companies.services.registration.by_confirm_token",
        lambda token, now, for_update: Registration.objects.get(pk=ready.pk),
    )
    monkeypatch.setattr("companies.services.leads._known_number", lambda facts: [{"code": "x"}])

    all_at_once(lambda: confirm_registration(token=token).pk, 20)

    assert Company.objects.count() > 1


@pytest.mark.django_db(transaction=True)
def test_fifty_sendings_at_once_write_one_letter(ready):
    all_at_once(lambda: send_registration(registration=ready).pk)

    assert Letter.objects.filter(template="registration_confirm").count() == 1


@pytest.mark.django_db
def test_unfinished_registration_cannot_be_sent(ready):
    ready.answers.pop("size")
    ready.save()

    with pytest.raises(BadInputError, match="all sections"):
        send_registration(registration=ready)


@pytest.mark.django_db
def test_confirmed_registration_cannot_be_written(ready):
    send_registration(registration=ready)
    confirm_registration(token=token_of("eva@koks.example"))

    with pytest.raises(WrongStateError, match="complete already"):
        save_section(
            registration=ready,
            form_token="",
            section="about",
            answers=COMPLETE["about"],
            language="lv",
            network="",
            now=timezone.now(),
        )


@pytest.mark.django_db
@pytest.mark.parametrize(("shown", "given"), [(text_hash(Purpose.SURVEYS, "en"), 1), ("other words", 0)])
def test_only_the_words_that_were_shown_are_agreed_to(ready, shown, given):
    ready.answers["consents"]["shown"]["surveys"] = shown
    ready.save()
    send_registration(registration=ready)

    confirm_registration(token=token_of("eva@koks.example"))

    assert Consent.objects.count() == given


@pytest.mark.django_db
def test_after_a_week_links_work_no_longer(ready):
    send_registration(registration=ready)
    confirm = token_of("eva@koks.example")
    mail_resume_link(registration=ready)
    resume = token_of("eva@koks.example")
    ready.refresh_from_db()

    with pytest.raises(LinkTooOldError):
        by_resume_token(resume, ready.expires_at)
    with pytest.raises(LinkTooOldError):
        confirm_registration(token=confirm, now=ready.expires_at)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("section", "answer", "reason"),
    [
        ("company", {"name": "Cheap pills www.pills.example"}, "link_in_name"),
        ("wishes", {"needs": '<a href="x">casino</a>'}, "markup"),
        ("wishes", {"needs": "http://a http://b https://c"}, "many_links"),
        ("activity", {"description": "[url=http://x]casino[/url]"}, "markup"),
    ],
)
def test_what_looks_like_advertising_is_held_for_a_person(ready, section, answer, reason):
    ready.answers[section] |= answer
    ready.save()

    held = send_registration(registration=ready)

    assert (held.status, held.hold_reason) == (RegistrationStatus.HELD, reason)
    assert letters_to("eva@koks.example") == []


@pytest.mark.django_db
def test_all_sections_within_seconds_are_held_for_a_person(ilze):
    registration = written()
    Registration.objects.filter(pk=registration.pk).update(created_at=timezone.now())
    registration.refresh_from_db()

    assert send_registration(registration=registration).hold_reason == "too_quick"


def token_of(address):
    """The token of the newest confirmation that was mailed to an address."""
    links = [link_in(words) for _subject, words in letters_to(address) if "/register/" in words]
    return links[-1].rstrip("/").rpartition("/")[2]


def test_somebody_who_left_a_host_organisation_registers_their_own_firm(ready):
    former = factories.person("Pēteris Kalns")
    former.set_password("of-the-old-days")
    former.email, former.is_active = COMPLETE["about"]["email"], False
    former.save()
    send_registration(registration=ready)

    confirm_registration(token=token_of(COMPLETE["about"]["email"]))

    former.refresh_from_db()
    assert (former.is_active, former.has_usable_password()) == (True, False)
    assert Company.objects.get().contacts.get().user == former
