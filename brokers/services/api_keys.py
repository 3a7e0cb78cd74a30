"""Partner sites and the keys with which they call the API. A key is shown once; the database keeps a digest."""

import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from brokers import events
from brokers.models import ApiClient, ApiKey, HostOrganisation
from brokers.policies import can_administer, require
from brokers.scopes import Scope
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError
from tibs.core.public_ids import ALPHABET
from tibs.events.recording import record
from tibs.figures import API_KEY_LIFE

KEY = re.compile(rf"tibs_live_([{ALPHABET}]{{8}})_([A-Za-z0-9_-]{{43}})")
# So that a key can be replaced while the old one still works.
MOST_KEYS = 2
NOTED_EVERY = timedelta(minutes=1)


@transaction.atomic
def add_client(
    *, name: str, website: str, contact_email: str, organisation: HostOrganisation, by: Actor
) -> ApiClient:
    """Let a partner site in, for which a host organisation vouches. It can call once it has a key."""
    require(can_administer(by))
    try:
        with transaction.atomic():
            client = ApiClient.objects.create(
                name=name, website=website, contact_email=contact_email.lower(), organisation=organisation
            )
    except IntegrityError as error:
        reason = _("Another partner site has this name.")
        raise BadInputError(reason, fields={"name": reason}) from error
    facts = {"organisation": organisation.public_id}
    record(events.API_CLIENT_ADDED, about=client, by=by, facts=facts)
    return client


@transaction.atomic
def make_key(
    *, client: ApiClient, scopes: Sequence[str], days: int, by: Actor, now: datetime
) -> tuple[ApiKey, str]:
    """A new key for a partner site and its text, which nobody can read again. Two keys may work at a time."""
    require(can_administer(by))
    fields = {}
    if not scopes or set(scopes) - set(Scope.values):
        fields["scopes"] = _("Choose what the key may be used for.")
    if not 1 <= days <= API_KEY_LIFE.days:
        fields["days"] = _("A key works for 1 to 365 days.")
    if fields:
        raise BadInputError(_("Some answers cannot be used."), fields=fields)
    ApiClient.objects.select_for_update().get(pk=client.pk)
    if ApiKey.objects.usable(now).filter(client=client).count() >= MOST_KEYS:
        raise WrongStateError(_("Two keys work already. Revoke one of them first."))
    prefix = "".join(secrets.choice(ALPHABET) for _ in range(8))
    text = f"tibs_live_{prefix}_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        client=client,
        prefix=prefix,
        digest=_digest(text, _peppers()[0]),
        scopes=sorted(set(scopes)),
        expires_at=now + timedelta(days=days),
    )
    record(events.API_KEY_MADE, about=client, by=by, facts={"key": prefix, "scopes": key.scopes})
    return key, text


@transaction.atomic
def revoke_key(*, key: ApiKey, by: Actor, now: datetime) -> None:
    """Make a key useless at once; one that is revoked already stays as it is."""
    require(can_administer(by))
    if ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now):
        record(events.API_KEY_REVOKED, about=key.client, by=by, facts={"key": key.prefix})


def key_behind(text: str, now: datetime) -> ApiKey | None:
    """The usable key with that text; None for whatever else is sent. One query."""
    found = KEY.fullmatch(text)
    if found is None:
        return None
    usable = ApiKey.objects.usable(now).select_related("client__organisation")
    key = usable.filter(prefix=found[1]).first()
    digests = [_digest(text, pepper) for pepper in _peppers()]
    # All are compared, and also where no such key exists, so that the time tells nothing.
    known = key.digest if key else "0" * 64
    matches = [hmac.compare_digest(digest, known) for digest in digests]
    return key if key and any(matches) else None


def note_use(key: ApiKey, now: datetime) -> None:
    """Remember that a key was used, once a minute at most."""
    if key.last_used_at is None or key.last_used_at < now - NOTED_EVERY:
        old = Q(last_used_at=None) | Q(last_used_at__lt=now - NOTED_EVERY)
        ApiKey.objects.filter(old, pk=key.pk).update(last_used_at=now)


def _peppers() -> list[str]:
    """The secrets that digests are made with, the newest first; they are in the settings only."""
    own = [settings.TIBS_KEY_PEPPER] if settings.TIBS_KEY_PEPPER else []
    return [*own, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _digest(text: str, pepper: str) -> str:
    return salted_hmac("brokers.api_key", text, secret=pepper, algorithm="sha256").hexdigest()
