"""The registration of a firm by itself: written section by section, sent, and confirmed by a mailed link.

No broker sees anything before the confirmation.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.choices import Purpose, RegistrationStatus
from companies.consent_texts import text_hash
from companies.models import Assessment, Company, Registration
from companies.services.assessments.registering import adopt_noted_assessment, note_assessment
from companies.services.consents import give_consent
from companies.services.leads import create_lead
from companies.services.messages import send_message
from companies.services.registration_facts import (
    contact_of,
    facts_of,
    missing_sections,
    words_of,
)
from companies.services.registration_limits import count_letter, may_write_to
from companies.services.registration_links import WRITABLE, by_confirm_token
from companies.suspicion import suspicion
from tibs.accounts.actor import VISITOR, actor_of, system
from tibs.core.errors import BadInputError, WrongStateError
from tibs.core.links import absolute
from tibs.core.secrets import new_token
from tibs.events.recording import record
from tibs.events.services.letters import write_letter
from tibs.figures import UNCONFIRMED_REGISTRATION_LIFE

DESK = system("companies.registration")
TRAPPED, UNCOUNTED, MANY_LETTERS = "trap", "uncounted", "many_letters"


@transaction.atomic
def save_section(
    *,
    registration: Registration | None,
    form_token: str,
    section: str,
    answers: Mapping[str, Any],
    language: str,
    network: str,
    is_trapped: bool = False,
    now: datetime,
) -> Registration:
    """Keep the answers of one section; without a `registration` a new one begins.

    `form_token` comes with the page on which somebody begins: however often that page is sent, it begins one
    registration. What was sent already and is changed afterwards must be sent again. `is_trapped` marks what a
    program filled in. WrongStateError once it is confirmed or closed.
    """
    registration = _open(registration or _begun(form_token, language, network, now))
    registration.answers = {**registration.answers, section: dict(answers)}
    if section == "about":
        registration.email, registration.language = answers["email"], answers["language"]
    registration.status = RegistrationStatus.DRAFT
    registration.confirm_digest = ""
    registration.expires_at = now + UNCONFIRMED_REGISTRATION_LIFE
    if is_trapped:
        registration.hold_reason = TRAPPED
    registration.save()
    return registration


@transaction.atomic
def send_registration(
    *,
    registration: Registration,
    is_counted: bool = True,
    is_trapped: bool = False,
    assessment: Assessment | None = None,
    now: datetime | None = None,
) -> Registration:
    """Ask for the confirmation by letter; what looks like a program's work is held for a person instead.

    Sent again, it changes nothing. BadInputError while sections are missing. `is_counted` is false where nobody
    could count how many came from the same network: then a person looks first, too. `assessment` is the visitor's own,
    whose answers go along.
    """
    now = now or timezone.now()
    registration = _open(registration)
    if registration.status != RegistrationStatus.DRAFT:
        return registration
    if missing_sections(registration.answers):
        raise BadInputError(_("Please fill in all sections first."), code="sections_missing")
    seconds = (now - registration.created_at).total_seconds()
    reason = TRAPPED if is_trapped else registration.hold_reason or suspicion(registration.answers, seconds)
    reason = reason or ("" if is_counted else UNCOUNTED)
    reason = reason or ("" if may_write_to(registration.email, registration.network) else MANY_LETTERS)
    registration.sent_at = now
    if assessment is not None:
        note_assessment(registration, assessment)
    if reason:
        return _hold(registration, reason)
    return ask_for_confirmation(registration)


@transaction.atomic
def confirm_registration(*, token: str, now: datetime | None = None) -> Registration:
    """The address is proven: the firm becomes a lead, its consents are entered, its words reach its broker.

    Confirmed again, it changes nothing. The answers are blanked: they stand in the company's file now.
    A self-assessment that went along is the company's from now on.
    """
    now = now or timezone.now()
    registration = by_confirm_token(token, now, for_update=True)
    if registration.status == RegistrationStatus.CONFIRMED:
        return registration
    company = create_lead(
        facts=facts_of(registration),
        contact=contact_of(registration, now),
        source=registration.source,
        by=DESK,
        now=now,
    )
    _enter_wishes(registration, company, now)
    adopt_noted_assessment(registration, company, now)
    registration.status, registration.company = RegistrationStatus.CONFIRMED, company
    registration.confirmed_at = now
    blank(registration)
    registration.save()
    record(events.REGISTRATION_CONFIRMED, about=registration, by=VISITOR, company_id=company.public_id)
    return registration


@transaction.atomic
def send_again(*, registration: Registration) -> Registration:
    """Write the letter with the link once more. What is held gets none before a person has looked at it."""
    registration = _open(registration)
    if registration.status == RegistrationStatus.DRAFT:
        raise WrongStateError(_("Please send your registration first."))
    if registration.status == RegistrationStatus.HELD:
        return registration
    count_letter(registration.email, registration.network)
    return ask_for_confirmation(registration)


@transaction.atomic
def mail_resume_link(*, registration: Registration) -> Registration:
    """Send a link by which the registration can be continued on any device; an earlier one stops working."""
    registration = _open(registration)
    if not registration.email:
        raise BadInputError(_("Please tell us your e-mail address first."), code="address_missing")
    if registration.hold_reason:
        raise WrongStateError(_("We cannot send a link now. Please go on in this browser."))
    count_letter(registration.email, registration.network)
    token, registration.resume_digest = new_token()
    registration.save(update_fields=["resume_digest", "updated_at"])
    write_letter(
        template="registration_resume",
        to=registration.email,
        language=registration.language,
        context={
            "name": registration.answers["about"]["name"],
            "link": absolute(reverse("register_resume", args=[token])),
            "days": UNCONFIRMED_REGISTRATION_LIFE.days,
        },
    )
    return registration


def ask_for_confirmation(registration: Registration) -> Registration:
    """Write the letter with the link; an earlier link stops working."""
    token, registration.confirm_digest = new_token()
    registration.status = RegistrationStatus.WAITING
    registration.save()
    write_letter(
        template="registration_confirm",
        to=registration.email,
        language=registration.language,
        context={
            "name": registration.answers["about"]["name"],
            "company": registration.answers["company"]["name"],
            "link": absolute(reverse("register_confirm", args=[token])),
            "days": UNCONFIRMED_REGISTRATION_LIFE.days,
        },
    )
    record(events.REGISTRATION_SENT, about=registration, by=VISITOR)
    return registration


def blank(registration: Registration) -> None:
    """Take everything personal out of a registration; the caller saves it."""
    registration.answers, registration.email, registration.network = {}, "", ""
    registration.resume_digest = ""


def _begun(form_token: str, language: str, network: str, now: datetime) -> Registration:
    values = {"language": language, "network": network, "expires_at": now + UNCONFIRMED_REGISTRATION_LIFE}
    try:
        with transaction.atomic():
            return Registration.objects.create(form_token=form_token, **values)
    except IntegrityError:  # the page was sent twice
        return Registration.objects.get(form_token=form_token)


def _open(registration: Registration) -> Registration:
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    if locked.status not in WRITABLE:
        raise WrongStateError(_("This registration is complete already."))
    return locked


def _hold(registration: Registration, reason: str) -> Registration:
    registration.status, registration.hold_reason = RegistrationStatus.HELD, reason
    registration.save()
    record(events.REGISTRATION_HELD, about=registration, by=VISITOR, facts={"reason": reason})
    return registration


def _enter_wishes(registration: Registration, company: Company, now: datetime) -> None:
    """Consents by the person who gave them, and the first message to the broker.

    A text that changed since it was shown is not agreed to; the broker asks again.
    """
    contact = company.contacts.select_related("user").get(is_primary=True)
    by = actor_of(contact.user) if contact.user else DESK
    consents = registration.answers["consents"]
    for purpose, shown in consents["shown"].items():
        if purpose in consents["purposes"] and shown == text_hash(Purpose(purpose), consents["language"]):
            give_consent(
                company=company, purpose=Purpose(purpose), language=consents["language"], by=by, now=now
            )
    send_message(company=company, body=words_of(registration), by=by, now=now)
