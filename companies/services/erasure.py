"""Erasing the personal data of a firm: the map says where they are, the statistics stay."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.belonging import Belonging, belonging_of
from companies.choices import (
    Basis,
    InterestEnd,
    InterestStatus,
    ProfileStatus,
    RegistrationStatus,
    Stage,
)
from companies.data_map import AtErasure, Kind, Table, tables, verbose_name
from companies.models import Company, CooperationProfile, ExpressionOfInterest, NextStep, Registration
from companies.policies import can_erase_company, require
from companies.services.attachments import forget_files
from companies.services.expressions import DESK, end_interest
from companies.services.holding import hold_between
from companies.services.profile_people import settle_end
from companies.services.reviews import end_reading
from companies.services.suppressions import suppress
from regions.models import NaceCode
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.errors import WrongStateError
from tibs.events.models import Letter
from tibs.events.recording import record

SERVED = frozenset({Stage.ENROLLED, Stage.ACTIVE})


@dataclass
class Erased:
    """What an erasure did: blanked columns and deleted rows by table, and the accounts that are gone."""

    users: frozenset[int]
    blanked: dict[Table, list[str]] = field(default_factory=dict)
    deleted: dict[Table, int] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The columns whose values are gone, as `companies.Contact.email`."""
        emptied = {
            table: table.columns(Kind.PERSONAL, Kind.RESTRICTED) for table in self.deleted
        } | self.blanked
        return sorted(f"{table.label}.{name}" for table, names in emptied.items() for name in names)

    @property
    def in_words(self) -> list[tuple[str, str]]:
        """Each kind of thing with the names of what was erased of it, in the reader's language."""
        tables_touched = [*self.blanked, *self.deleted]
        return [
            (
                capfirst(str(table.model._meta.verbose_name_plural)),
                ", ".join(verbose_name(table, name) for name in table.columns(Kind.PERSONAL)),
            )
            for table in tables_touched
            if table.columns(Kind.PERSONAL)
        ]


@transaction.atomic
def erase_company(*, company: Company, by: Actor, reason: str, now: datetime | None = None) -> Erased:
    """Erase everything personal of a firm, of what was merged into it, and of accounts that serve nobody else.

    Coarse facts (country, region, section of NACE, size class, dates, hours) stay for statistics. `reason` is a
    code: `asked` or `retention`. What was asked for keeps a digest, so that imports leave the firm out.
    """
    now = now or timezone.now()
    require(can_erase_company(by, company))
    company = Company.objects.locked().get(pk=company.pk)
    if company.erased_at:
        raise WrongStateError(_("The personal data of this company are erased already."))
    belonging = belonging_of(company)
    rows = Company.objects.locked().filter(pk__in=belonging.companies)
    entries = list(rows.order_by("pk"))
    hold_between(entries)
    suppress(entries, belonging.addresses, reason=reason, at=now)
    _end_what_is_open(belonging, now)
    forget_files(belonging)
    erased = Erased(belonging.users)
    # Accounts go last: what goes with them by the database would not be named.
    for table in sorted(tables().values(), key=lambda table: table.model is User):
        _erase(table, belonging, erased)
    _end_sessions(belonging.users)
    for entry in Company.objects.filter(pk__in=belonging.companies).select_related("nace"):
        _make_coarse(entry, now)
    record(
        events.COMPANY_ERASED,
        about=company,
        by=by,
        company_id=company.public_id,
        fields=erased.names,
        facts={"reason": reason},
    )
    return erased


def _erase(table: Table, belonging: Belonging, erased: Erased) -> None:
    rows = belonging.rows(table)
    if not table.is_of_firms or table.at_erasure == AtErasure.KEEP:
        return
    if table.at_erasure == AtErasure.DELETE:
        if number := rows.delete()[1].get(table.label, 0):
            erased.deleted[table] = number
        return
    names = table.columns(Kind.PERSONAL, Kind.RESTRICTED)
    if rows.update(**{name: _blank(table.model._meta.get_field(name)) for name in names}):
        erased.blanked[table] = names


def _blank(column: Any) -> Any:
    """What stands in a column after erasure."""
    if column.null:
        return None
    if isinstance(column, ArrayField):
        return []
    if isinstance(column, models.JSONField):
        return column.get_default() or {}
    return ""


def _end_what_is_open(belonging: Belonging, now: datetime) -> None:
    """Nothing is shown, sent or due any more."""
    keys = belonging.companies
    profiles = CooperationProfile.objects.filter(company__in=keys)
    for profile in profiles.filter(basis=Basis.APPROVED):
        end_reading(profile, now, tell=False)
        settle_end(profile, now)
    profiles.exclude(status=ProfileStatus.WITHDRAWN).update(
        status=ProfileStatus.WITHDRAWN, remind_at=None, due_at=None, updated_at=now
    )
    _end_interest(keys, now)
    NextStep.objects.filter(company__in=keys, done_at=None).update(done_at=now)
    Registration.objects.filter(company__in=keys).update(status=RegistrationStatus.CLOSED)
    letters = tables()[Letter._meta.label]
    belonging.rows(letters).filter(done_at=None).update(done_at=now, lease_until=None)


def _end_interest(keys: frozenset[int], now: datetime) -> None:
    """Nobody waits for an answer to interest of the firm, or in it; a visitor who is interested in it is told."""
    routed = ExpressionOfInterest.objects.select_for_update(of=["self"]).filter(status=InterestStatus.ROUTED)
    for expression in routed.filter(Q(company__in=keys) | Q(profile__company__in=keys)).order_by("pk"):
        end_interest(
            expression, InterestEnd.MEANWHILE_CLOSED, DESK, now, tell=expression.company_id not in keys
        )


def _make_coarse(entry: Company, now: datetime) -> None:
    """Keep of a firm what statistics count, and too little to find it again."""
    entry.nace = _section_of(entry.nace)
    entry.secondary_nace.clear()
    if entry.stage in SERVED:
        entry.stage, entry.stage_changed_at = Stage.WITHDRAWN, now
    entry.answer_due_at = None
    entry.erased_at = now
    entry.version += 1
    entry.save()


def _section_of(code: NaceCode | None) -> NaceCode | None:
    while code is not None and code.parent is not None:
        code = code.parent
    return code


def _end_sessions(users: frozenset[int]) -> None:
    """Sessions name their person inside, so each is opened; the accounts are gone, nobody is signed in by them."""
    keys = {str(user) for user in users}
    if not keys:
        return
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") in keys:
            session.delete()
