"""Finding a registration by the link of a letter."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from companies.choices import RegistrationStatus
from companies.models import Registration
from tibs.core.errors import WrongStateError
from tibs.core.secrets import digest_of

WRITABLE = (RegistrationStatus.DRAFT, RegistrationStatus.WAITING, RegistrationStatus.HELD)


class LinkTooOldError(WrongStateError):
    """The link of a letter belongs to nothing any more, or to something that is closed."""

    code = "link_too_old"

    def __init__(self) -> None:
        super().__init__(
            _("This link does not work any more. Please use the newest letter, or register again.")
        )


def by_resume_token(token: str, now: datetime) -> Registration:
    """The registration that a mailed link continues; LinkTooOldError."""
    found = Registration.objects.filter(
        resume_digest=digest_of(token), status__in=WRITABLE, expires_at__gt=now
    ).first()
    if found is None:
        raise LinkTooOldError
    return found


def by_confirm_token(token: str, now: datetime, *, for_update: bool = False) -> Registration:
    """The registration that a mailed link confirms or has confirmed; LinkTooOldError."""
    rows = Registration.objects.filter(confirm_digest=digest_of(token))
    found = (rows.select_for_update() if for_update else rows.select_related("company")).first()
    if found is None or not _is_confirmable(found, now):
        raise LinkTooOldError
    return found


def _is_confirmable(registration: Registration, now: datetime) -> bool:
    if registration.status == RegistrationStatus.CONFIRMED:
        return True
    return registration.status == RegistrationStatus.WAITING and registration.expires_at > now
