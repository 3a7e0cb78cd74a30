"""Who asked to be erased does not come back by an import or as somebody else's lead."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from companies.models import Company, Suppression
from tibs.core.errors import BadInputError

SALT = "companies.suppression"


def register_key(country: str, number: str) -> str:
    """What stands for a register number; empty for none."""
    return f"register:{country}:{''.join(filter(str.isalnum, number)).upper()}" if number else ""


def source_key(source: str, external_id: str) -> str:
    """What stands for the id of a firm at a source of imports; empty for none."""
    return f"source:{source}:{external_id}" if external_id else ""


def email_key(address: str) -> str:
    """What stands for an address; empty for none."""
    return f"email:{address.strip().lower()}" if address else ""


def suppressed(keys: Iterable[str]) -> set[str]:
    """Those of `keys` whose owner was erased: an import or a lead leaves them out. Registering oneself is free."""
    digests = {_digest(key): key for key in keys if key}
    found = Suppression.objects.filter(digest__in=digests).values_list("digest", flat=True)
    return {digests[digest] for digest in found}


def refuse_suppressed(keys: Iterable[str]) -> None:
    """Raise BadInputError where one of `keys` is of somebody who was erased."""
    if suppressed(keys):
        raise BadInputError(
            _("This firm asked us to erase its data, so only its own people can register it again."),
            code="erased_before",
        )


def suppress(companies: Iterable[Company], addresses: Iterable[str], *, reason: str, at: datetime) -> None:
    """Keep the digests of what an erased firm could be recognised by; they lead back to nobody."""
    keys = {email_key(address) for address in addresses}
    for company in companies:
        keys.add(register_key(company.country_id, company.register_number))
        keys.add(source_key(company.source, company.external_id))
    Suppression.objects.bulk_create(
        [Suppression(digest=_digest(key), reason=reason, at=at) for key in sorted(keys - {""})],
        ignore_conflicts=True,
    )


def _digest(key: str) -> str:
    return salted_hmac(SALT, key, algorithm="sha256").hexdigest()
