"""Registrations that a person looks at first."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.choices import RegistrationStatus
from companies.models import Registration
from companies.policies import can_release_registration, require
from companies.services.registration import ask_for_confirmation, blank
from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission
from tibs.core.errors import WrongStateError
from tibs.events.recording import record


def held_for(actor: Actor, now: datetime) -> QuerySet[Registration]:
    """What waits for this person: coordinators look at firms of the countries that they coordinate."""
    held = Registration.objects.filter(status=RegistrationStatus.HELD, expires_at__gt=now)
    if not actor.may_everywhere(Permission.RELEASE_REGISTRATIONS):
        held = held.filter(answers__company__country__in=sorted(actor.coordinated_countries))
    return held.order_by("sent_at", "pk")


@transaction.atomic
def release_registration(*, registration: Registration, by: Actor) -> Registration:
    """It is genuine: ask for the confirmation by letter, as if it had never been held."""
    registration = _held(registration, by)
    record(events.REGISTRATION_RELEASED, about=registration, by=by)
    return ask_for_confirmation(registration)


@transaction.atomic
def refuse_registration(*, registration: Registration, by: Actor) -> Registration:
    """It is nonsense: close it and forget what it says."""
    registration = _held(registration, by)
    registration.status = RegistrationStatus.CLOSED
    blank(registration)
    registration.save()
    record(events.REGISTRATION_REFUSED, about=registration, by=by)
    return registration


def _held(registration: Registration, by: Actor) -> Registration:
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    require(can_release_registration(by, registration))
    if registration.status != RegistrationStatus.HELD:
        raise WrongStateError(_("Nobody needs to look at this registration any more."))
    return registration
