"""What lists of companies can show and how they can be sorted; the address of a list names these by their codes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import DateField, DurationField, ExpressionWrapper, F, FilteredRelation, Q, Value
from django.db.models.functions import Coalesce, ExtractDay, Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from companies.models import Company
from companies.querysets import CompanyQuerySet
from tibs.rendering.csv_export import CsvValue

NEVER = date.max


@dataclass(frozen=True)
class Column:
    """A column that people may add to the table or leave out; `text` is what its cells say in plain words.

    `part` names a template that draws cells which are more than text.
    """

    code: str
    label: Promise
    text: Callable[[Company], CsvValue]
    part: str = ""


@dataclass(frozen=True)
class Order:
    """A way to sort: two fields, the second unique, as keyset paging takes them."""

    code: str
    label: Promise
    by: tuple[str, str]


def place_of(company: Company) -> str:
    return ", ".join(part for part in (company.city, company.country.name) if part)


def step_of(company: Company) -> str:
    """The next step with its day in front, as ISO 8601 writes it; '' without one."""
    what, due = getattr(company, "step_what", None), getattr(company, "step_due", None)
    return f"{due} {what}" if what else ""


COLUMNS = {
    column.code: column
    for column in (
        Column("place", _("Place"), place_of),
        Column("stage", _("Stage"), lambda row: str(row.get_stage_display()), "companies/stage_tag.html"),
        Column("age", _("Days in this stage"), lambda row: getattr(row, "days_in_stage", None)),
        Column("step", _("Next step"), step_of, "companies/step_line.html"),
        Column("owner", _("Responsible"), lambda row: row.owner.name if row.owner else ""),
        Column("profiles", _("Open profiles"), lambda row: getattr(row, "published_count", None)),
        Column("region", _("Region"), lambda row: row.region.name if row.region else ""),
        Column("activity", _("Main activity"), lambda row: str(row.nace or "")),
        Column("size", _("Size"), lambda row: str(row.get_size_class_display())),
        Column("language", _("Language"), lambda row: row.get_language_display()),
        Column("source", _("Source"), lambda row: row.source),
    )
}
SHOWN_FIRST = ("place", "stage", "step", "owner")
ORDERS = {
    order.code: order
    for order in (
        Order("name", pgettext_lazy("sort by", "Name"), ("name", "id")),
        Order("due", pgettext_lazy("sort by", "Next step, the earliest first"), ("due_order", "id")),
        Order("waiting", pgettext_lazy("sort by", "Longest in its stage first"), ("stage_changed_at", "id")),
        Order("newest", pgettext_lazy("sort by", "Newest first"), ("-created_at", "-id")),
    )
}


def with_open_step(companies: CompanyQuerySet) -> CompanyQuerySet:
    """With what is to be done next: `step_id`, `step_what`, `step_due`, `step_waits_for` are null without an open step.

    `due_order` sorts by the day, companies without a step come last; `days_in_stage` are whole days.
    """
    open_step = FilteredRelation("next_steps", condition=Q(next_steps__done_at=None))
    return companies.alias(open_step=open_step).annotate(
        step_id=F("open_step__id"),
        step_what=F("open_step__what"),
        step_due=F("open_step__due_date"),
        step_waits_for=F("open_step__waits_for"),
        due_order=Coalesce("open_step__due_date", Value(NEVER), output_field=DateField()),
        days_in_stage=ExtractDay(
            ExpressionWrapper(Now() - F("stage_changed_at"), output_field=DurationField())
        ),
    )


def cells(company: Company, columns: Sequence[Column]) -> list[tuple[Column, CsvValue]]:
    """The cells of one row."""
    return [(column, column.text(company)) for column in columns]
