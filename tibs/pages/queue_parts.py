"""What can wait for a broker: one query for each kind, all with the same columns, so that they are asked together."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models import CharField as Words
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone
from django.utils.translation import get_language

from companies.choices import ProfileStatus, Purpose, Stage, WaitsFor
from companies.models import (
    ActionStep,
    Company,
    CooperationProfile,
    ExpressionOfInterest,
    NextStep,
    ProfileApproval,
    ProfileReview,
)
from companies.models.consent import holds
from companies.querysets import CompanyQuerySet
from companies.selectors import consents_expiring, without_next_step
from matching.models import Cooperation, FollowUp, ViewRequest
from matching.models.cooperation import VALIDATE
from matching.presenting.introduction_lists import waiting_for
from matching.services.review import to_review
from matching.services.strategy_clocks import activities_due_for
from tibs.accounts.actor import Actor
from tibs.accounts.standing_in import falls_to
from tibs.figures import EXPIRES_SOON

# What the broker moves on; a partner is asked by the broker too.
OURS = (WaitsFor.US, WaitsFor.PARTNER)
# What is said of an approved profile that cannot be published for want of the company's consent.
NO_CONSENT = "no_consent"
NO_DAY = Cast(Value(None), DateTimeField())


class Part(StrEnum):
    """The kinds of rows."""

    LEAD = "lead"
    STEP = "step"
    PLAN = "plan"
    REVIEW = "review"
    CHANGES = "changes"
    PUBLISH = "publish"
    INTRODUCTION = "introduction"
    QUESTION = "question"
    COOPERATION = "cooperation"
    FOLLOW_UP = "follow_up"
    ACTIVITY = "activity"
    INTEREST = "interest"
    ASKED = "asked"
    APPROVAL = "approval"
    PLANLESS = "planless"
    CONSENT = "consent"
    ENDING = "ending"
    MATCH = "match"
    COMPANY = "company"


# What each part puts into the columns beside `part`. `key` and `firm_key` are public ids, `day` is until when it is
# to be done (null without a clock), `since` when it began to wait.
COLUMNS: dict[str, Any] = {
    "key": Value(""),
    "firm": Value(""),
    "firm_key": Value(""),
    "text": Value(""),
    "note": Value(""),
    "day": NO_DAY,
    "since": NO_DAY,
    "number": Value(0),
    "mine": Value(False),
}


def rows_of(actor: Actor, now: datetime, most: int) -> Iterable[tuple[Any, ...]]:
    """At most `most` rows of each part, `part` first and then COLUMNS, in one query."""
    asked = [_asked(part, rows, most) for part, rows in _parts(actor, now).items()]
    found: QuerySet[Any, tuple[Any, ...]] = asked[0].union(*asked[1:], all=True)
    return found


def _asked(part: Part, rows: QuerySet[Any], most: int) -> QuerySet[Any, tuple[Any, ...]]:
    given = {name: plain for name, plain in COLUMNS.items() if f"w_{name}" not in rows.query.annotations}
    whole = rows.annotate(w_part=Value(part.value), **{f"w_{name}": plain for name, plain in given.items()})
    order = F("w_day").asc(nulls_last=True), F("w_since").asc(nulls_last=True), "pk"
    columns = whole.order_by(*order).values_list("w_part", *(f"w_{name}" for name in COLUMNS))
    found: QuerySet[Any, tuple[Any, ...]] = columns[:most]
    return found


def _saying(rows: QuerySet[Any], **columns: Any) -> QuerySet[Any]:
    told: QuerySet[Any] = rows.annotate(**{f"w_{name}": value for name, value in columns.items()})
    return told


def _parts(actor: Actor, now: datetime) -> dict[Part, QuerySet[Any]]:
    care, today = Company.objects.in_care_of(actor), timezone.localdate(now)
    firms = care.values("pk")
    return {
        **_of_companies(care, actor, now),
        **_of_steps(firms, today),
        **_of_profiles(firms, now),
        **_of_brokers(actor),
        Part.COOPERATION: _saying(
            _cooperations(actor).filter(next_due_date__lte=today),
            key=F("public_id"),
            firm=_both_firms("introduction__"),
            text=F("next_step"),
            day=_day("next_due_date"),
        ),
        Part.FOLLOW_UP: _saying(
            FollowUp.objects.filter(company__in=firms, done_at=None, due_date__lte=today),
            key=F("public_id"),
            firm=F("company__name"),
            number=F("months"),
            day=_day("due_date"),
        ),
        Part.ACTIVITY: _saying(
            activities_due_for(actor, now),
            key=F("strategy__public_id"),
            firm=F("strategy__title"),
            text=F("what"),
            day=_day("due_date"),
        ),
        Part.INTEREST: _saying(
            ExpressionOfInterest.objects.waiting_for(care),
            key=F("public_id"),
            firm=F("company__name"),
            text=Coalesce(F("profile__reference"), Value("")),
            day=F("due_at"),
        ),
        Part.MATCH: to_review(actor),
    }


def _of_brokers(actor: Actor) -> dict[Part, QuerySet[Any]]:
    """What other brokers wait for."""
    return {
        Part.REVIEW: _saying(
            ProfileReview.objects.of_reader(actor).open(),
            key=F("public_id"),
            firm=_country("profile__company__country"),
            day=F("due_at"),
            since=F("asked_at"),
        ),
        Part.INTRODUCTION: _saying(
            waiting_for(actor),
            key=F("public_id"),
            firm=_own_firm(actor),
            text=F("status"),
            day=F("due_at"),
            since=F("clock_started_at"),
        ),
        Part.QUESTION: _saying(
            ViewRequest.objects.open().filter(asked__public_id=actor.id),
            key=F("public_id"),
            firm=F("asked_by__name"),
            since=F("created_at"),
        ),
    }


def _of_companies(care: CompanyQuerySet, actor: Actor, now: datetime) -> dict[Part, QuerySet[Any]]:
    named: dict[str, Any] = {"firm": F("name"), "firm_key": F("public_id")}
    is_mine = Case(
        When(Q(proposed_owner__public_id=actor.id), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    return {
        Part.COMPANY: care,
        Part.LEAD: _saying(
            care.filter(stage=Stage.LEAD, owner=None),
            **named,
            text=F("city"),
            note=Coalesce(F("proposed_owner__name"), Value("")),
            day=F("answer_due_at"),
            since=F("created_at"),
            mine=is_mine,
        ),
        Part.PLANLESS: _saying(
            without_next_step(care), **named, text=F("stage"), since=F("stage_changed_at")
        ),
        Part.CONSENT: _saying(
            consents_expiring(care, now),
            firm=F("company__name"),
            firm_key=F("company__public_id"),
            text=F("purpose"),
            day=F("valid_until"),
        ),
    }


def _of_steps(firms: Any, today: date) -> dict[Part, QuerySet[Any]]:
    """The next steps of companies, and the steps of their action plans from their day on, whoever does them."""
    steps = NextStep.objects.filter(company__in=firms, done_at=None)
    shown: dict[str, Any] = {"text": F("what"), "note": F("waits_for"), "day": _day("due_date")}
    of_firm: dict[str, Any] = {
        "firm": F("company__name"),
        "firm_key": F("company__public_id"),
        "number": F("pk"),
    }
    return {
        Part.STEP: _saying(steps.filter(due_date__lte=today, waits_for__in=OURS), **shown, **of_firm),
        Part.ASKED: _saying(steps.filter(waits_for=WaitsFor.COMPANY), **shown, **of_firm),
        Part.PLAN: _saying(
            ActionStep.objects.due(today).filter(plan__company__in=firms),
            key=F("plan__assessment__public_id"),
            firm=F("plan__company__name"),
            firm_key=F("plan__company__public_id"),
            **shown,
        ),
    }


def _of_profiles(firms: Any, now: datetime) -> dict[Part, QuerySet[Any]]:
    """Profiles at a halt. What the company says after the latest reading is about the words that were read."""
    profiles = CooperationProfile.objects.filter(company__in=firms)
    read = ProfileReview.objects.filter(profile=OuterRef("pk")).order_by("-pk").values("decided_at")[:1]
    said = ProfileApproval.objects.filter(
        profile=OuterRef("pk"), is_approved=True, at__gte=OuterRef("read_at")
    )
    with_company = profiles.filter(status=ProfileStatus.COMPANY_APPROVAL).alias(read_at=Subquery(read))
    ending = CooperationProfile.objects.published().filter(
        company__in=firms, expires_at__lte=now + EXPIRES_SOON
    )
    consented = holds(Purpose.PUBLISH_ANONYMOUS)
    shown: dict[str, Any] = {
        "key": F("public_id"),
        "firm": F("company__name"),
        "firm_key": F("company__public_id"),
    }
    return {
        Part.CHANGES: _saying(
            profiles.filter(status=ProfileStatus.CHANGES_REQUESTED),
            **shown,
            since=F("updated_at"),
            day=F("due_at"),
        ),
        Part.APPROVAL: _saying(
            with_company.exclude(Exists(said)), **shown, since=F("read_at"), day=F("due_at")
        ),
        Part.PUBLISH: _saying(
            with_company.filter(Exists(said)),
            **shown,
            text=Case(When(consented, then=Value("")), default=Value(NO_CONSENT), output_field=Words()),
            since=F("updated_at"),
            day=F("due_at"),
        ),
        Part.ENDING: _saying(ending, **shown, text=Coalesce(F("reference"), Value("")), day=F("expires_at")),
    }


def _cooperations(actor: Actor) -> QuerySet[Cooperation]:
    own = Cooperation.objects.visible_to(actor).filter(falls_to(actor, "owner"), ended_at=None)
    return own.exclude(next_step=VALIDATE)  # has a line of its own, for the third party for whom it waits


def _both_firms(path: str) -> Concat:
    """Firms that talk to each other; one firm may talk to several about the same."""
    return Concat(F(f"{path}sender_company__name"), Value(" – "), F(f"{path}receiver_company__name"))


def _own_firm(actor: Actor) -> Case:
    """The firm of the reader's own side; before the two know each other, the other one is not named in a list."""
    return Case(
        When(receiver_company__host__in=actor.organisations, then=F("receiver_company__name")),
        default=F("sender_company__name"),
        output_field=Words(),
    )


def _country(path: str) -> Coalesce:
    language = (get_language() or "en").split("-")[0]
    # Each language has a class of field of its own, which a database does not tell apart.
    names = F(f"{path}__name_{language}"), F(f"{path}__name_en")
    return Coalesce(*names, Value(""), output_field=Words())


def _day(field: str) -> Cast:
    return Cast(F(field), DateTimeField())
