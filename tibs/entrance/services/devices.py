"""Devices for the second step: adding, removing, and helping somebody who lost them all."""

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tibs.accounts.actor import Actor, actor_of
from tibs.accounts.models import User
from tibs.core.errors import WrongStateError
from tibs.entrance import events, letters
from tibs.entrance.services.sessions import end_sessions
from tibs.events.recording import record

# Longer than any code of an app works, early and late ones included.
SPENT_SECONDS = 180
KINDS = {Authenticator.Type.TOTP: "app", Authenticator.Type.WEBAUTHN: "passkey"}


class LastDeviceError(WrongStateError):
    """Somebody whose role asks for a second step would be left without one."""

    code = "last_device"

    def __init__(self) -> None:
        super().__init__(_("This is your only device. Add another one before you remove it."))


def spend_code(user: User, code: str) -> bool:
    """Use up a code of an app; False if it was used before, also by somebody at this very moment."""
    return bool(cache.add(f"totp:spent:{user.pk}:{normalize_user_code(code)}", 1, timeout=SPENT_SECONDS))


def devices_of(user: User) -> list[Authenticator]:
    """What the person can take the second step with, the oldest first; recovery codes are no device."""
    return list(Authenticator.objects.filter(user=user, type__in=KINDS).order_by("pk"))


@transaction.atomic
def note_device_added(*, user: User, kind: str, by: Actor) -> None:
    """Remember that the person has a second step now, and tell them."""
    if user.second_factor_at is None:
        user.second_factor_at = timezone.now()
        user.save(update_fields=["second_factor_at", "updated_at"])
    record(events.DEVICE_ADDED, about=user, by=by, facts={"kind": kind})
    letters.announce(f"{kind}_added", user)


@transaction.atomic
def give_app(*, user: User, secret: str, by: Actor) -> None:
    """Register an authenticator app whose secret is known, with recovery codes."""
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    user.second_factor_at = timezone.now()
    user.save(update_fields=["second_factor_at", "updated_at"])
    record(events.DEVICE_ADDED, about=user, by=by, facts={"kind": "app"})


@transaction.atomic
def remove_device(*, user: User, device: Authenticator, by: Actor) -> None:
    """Remove one device; not the last one of somebody whose role asks for it."""
    User.objects.select_for_update().get(pk=user.pk)
    others = [other for other in devices_of(user) if other.pk != device.pk]
    if not others and actor_of(user).roles:
        raise LastDeviceError
    device.delete()
    if not others:
        _leave_without(user)
    record(events.DEVICE_REMOVED, about=user, by=by, facts={"kind": KINDS[device.type]})
    letters.announce(f"{KINDS[device.type]}_removed", user)


@transaction.atomic
def renew_recovery_codes(*, user: User, by: Actor) -> None:
    """Make ten new recovery codes; the old ones work no more."""
    User.objects.select_for_update().get(pk=user.pk)
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)
    record(events.RECOVERY_CODES_RENEWED, about=user, by=by)
    letters.announce("recovery_codes", user)


def recovery_codes(user: User) -> list[str]:
    """The codes that were not used yet."""
    held = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return list(held.wrap().get_unused_codes()) if held else []


@transaction.atomic
def recover_access(*, user: User, by: Actor) -> None:
    """Help somebody who lost every device: remove them all and end all sessions, so that one is set up anew.

    The password stays, so that whoever helps cannot sign in as that person. Callers ask their policy first.
    """
    Authenticator.objects.filter(user=user).delete()
    _leave_without(user)
    end_sessions(user=user, by=by)
    record(events.ACCESS_RECOVERED, about=user, by=by)
    letters.announce("recovered", user)


def _leave_without(user: User) -> None:
    Authenticator.objects.filter(user=user).delete()
    user.second_factor_at = None
    user.save(update_fields=["second_factor_at", "updated_at"])
