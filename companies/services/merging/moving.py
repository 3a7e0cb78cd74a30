"""What belongs to a company and goes along when the company becomes part of another one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from companies.choices import Basis
from companies.models import (
    ActionPlan,
    Assessment,
    Attachment,
    Company,
    Consent,
    Contact,
    CooperationProfile,
    Disclosure,
    ExpressionOfInterest,
    Interaction,
    Message,
    NextStep,
    Registration,
    Screening,
)

Rows = models.QuerySet[Any]


def _all(rows: Rows, kept: Company) -> Rows:
    return rows


def _people_not_there(rows: Rows, kept: Company) -> Rows:
    """A person who is a contact of both entries stays with each."""
    return rows.exclude(email__in=kept.contacts.values("email"))


def _facts_not_there(rows: Rows, kept: Company) -> Rows:
    """A company has one profile of public facts."""
    if kept.profiles.filter(basis=Basis.PUBLIC_SOURCE).exists():
        return rows.exclude(basis=Basis.PUBLIC_SOURCE)
    return rows


def _one_open_step(rows: Rows, kept: Company) -> Rows:
    """A company has one open next step: that of the kept entry."""
    return rows.exclude(done_at=None) if kept.next_steps.filter(done_at=None).exists() else rows


@dataclass(frozen=True)
class Move:
    """Rows that go along: of which model, by which foreign key, and those of them that do not fit."""

    model: type[models.Model]
    key: str = "company"
    fitting: Callable[[Rows, Company], Rows] = _all

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def words(self) -> str:
        plural = self.model._meta.verbose_name_plural
        return str(_("earlier entries") if self.model is Company else plural)

    def rows_of(self, company: Company) -> Rows:
        return self.model._default_manager.filter(**{self.key: company})

    def going(self, kept: Company, absorbed: Company) -> Rows:
        return self.fitting(self.rows_of(absorbed), kept)

    def move(self, keys: list[int], *, source: Company, target: Company) -> list[int]:
        """Move these rows from one company to another; the keys of those that cannot go there any more."""
        rows = self.rows_of(source).filter(pk__in=keys)
        left = set(keys) - set(rows.values_list("pk", flat=True))
        try:
            with transaction.atomic():
                rows.update(**{self.key: target})
        except IntegrityError:  # something there takes the place of one of them: go one by one
            left |= {row.pk for row in rows if not self._moved(row, target)}
        return sorted(left)

    def _moved(self, row: models.Model, target: Company) -> bool:
        try:
            with transaction.atomic():
                self.model._default_manager.filter(pk=row.pk).update(**{self.key: target})
        except IntegrityError:
            return False
        return True


MOVES = (
    Move(Contact, fitting=_people_not_there),
    Move(CooperationProfile, fitting=_facts_not_there),
    Move(Assessment),
    Move(ActionPlan),
    Move(Interaction),
    Move(NextStep, fitting=_one_open_step),
    Move(Consent),
    Move(Screening),
    Move(Message),
    Move(Registration),
    Move(Disclosure),
    Move(ExpressionOfInterest),
    Move(Attachment),
    Move(Company, key="merged_into"),
)
# Notes about the entries themselves, which stay with them.
STAYING = frozenset({"companies.merge", "companies.notduplicate"})
