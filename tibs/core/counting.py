"""Counting without reading everything: people need to know whether it is 7 or many."""

from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.utils.translation import gettext


@dataclass(frozen=True)
class CappedCount:
    """A number of rows, exact below `cap` and "at least `cap`" from there on."""

    value: int
    cap: int

    @property
    def is_capped(self) -> bool:
        return self.value >= self.cap

    def __bool__(self) -> bool:
        return self.value > 0

    def __str__(self) -> str:
        # Translators: a number that is not exact, such as "99+".
        return gettext("%(number)s+") % {"number": self.cap - 1} if self.is_capped else str(self.value)


def capped_count[Row: Model](rows: QuerySet[Row], cap: int = 100) -> CappedCount:
    """Count `rows`, reading no more than `cap` of them."""
    return CappedCount(rows.order_by()[:cap].count(), cap)
