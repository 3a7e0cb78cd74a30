"""The steps of an action plan: added, changed, done, carried over into the next plan, and taken out."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.assessments.instrument import BARRIERS
from companies.assessments.versions import instrument
from companies.choices import WaitsFor
from companies.models import ActionPlan, ActionStep, Assessment
from companies.services.assessments.plans import barriers_without_step, latest_completed, plan_of
from companies.services.checks import refuse_misfits
from companies.services.conflicts import ChangedMeanwhileError
from companies.services.files import open_file
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, WrongStateError
from tibs.events.recording import record

FIELDS = ("what", "waits_for", "due_date", "referral", "barrier")


@transaction.atomic
def add_step(
    *,
    assessment: Assessment,
    what: str,
    by: Actor,
    waits_for: str = WaitsFor.COMPANY,
    due_date: date | None = None,
    referral: str = "",
    barrier: str = "",
) -> ActionStep:
    """Add a step to the plan of a completed assessment; the plan is made with its first step.

    BadInputError names the fields that do not fit.
    """
    step = ActionStep(
        plan=plan_of(assessment, by),
        what=what.strip(),
        waits_for=waits_for,
        due_date=due_date,
        referral=referral.strip(),
        barrier=barrier,
    )
    _check(step)
    step.save(force_insert=True)
    _record(step, "added", by)
    return step


@transaction.atomic
def change_step(*, step: ActionStep, values: Mapping[str, Any], version: int, by: Actor) -> ActionStep:
    """Change a step (`values` by the names of FIELDS) that nobody else changed since `version`.

    Else ChangedMeanwhileError. WrongStateError where a published profile would be left with a barrier that blocks it.
    """
    found = _locked(step, by, version)
    given = {name: values[name] for name in FIELDS if name in values}
    changed = sorted(name for name, value in given.items() if getattr(found, name) != value)
    if not changed:
        return found
    was_against = found.barrier
    for name in changed:
        setattr(found, name, given[name])
    _check(found)
    found.version += 1
    found.save(update_fields=[*changed, "version", "updated_at"])
    if found.barrier != was_against:
        _refuse_bare_profiles(found.plan, was_against)
    _record(found, "changed", by, fields=changed)
    return found


@transaction.atomic
def finish_step(*, step: ActionStep, by: Actor, now: datetime | None = None) -> ActionStep:
    """Mark a step as done; done twice is done once."""
    found = _locked(step, by)
    return found if found.done_at else _mark(found, now or timezone.now(), "done", by)


@transaction.atomic
def reopen_step(*, step: ActionStep, by: Actor) -> ActionStep:
    """A step that was marked as done is to be done after all."""
    found = _locked(step, by)
    return _mark(found, None, "reopened", by) if found.done_at else found


def _mark(step: ActionStep, done_at: datetime | None, act: str, by: Actor) -> ActionStep:
    step.done_at = done_at
    step.version += 1
    step.save(update_fields=["done_at", "version", "updated_at"])
    _record(step, act, by)
    return step


@transaction.atomic
def carry_over_step(*, step: ActionStep, by: Actor) -> ActionStep:
    """Move an open step of an earlier plan into that of the latest assessment, with its day and all it says.

    Carried over twice is carried over once. WrongStateError for a step that is done. A barrier that the newer
    instrument does not ask about is left behind.
    """
    found = _locked(step, by)
    latest, before = latest_completed(found.plan.company), found.plan.assessment
    if latest is None or latest == before:
        return found
    if found.done_at is not None:
        raise WrongStateError(_("This step is done: it stays in the plan where it was agreed."), code="done")
    found.plan = plan_of(latest, by)
    if found.barrier not in instrument(latest.instrument_version).items[BARRIERS]:
        found.barrier = ""
    found.save(update_fields=["plan", "barrier", "updated_at"])
    _record(found, "carried over", by, before=before.public_id)
    return found


@transaction.atomic
def remove_step(*, step: ActionStep, version: int, by: Actor) -> None:
    """Take a step out of its plan that nobody else changed since `version`; else ChangedMeanwhileError.

    WrongStateError where a published profile would be left with a barrier that blocks it.
    """
    found = _locked(step, by, version)
    _record(found, "removed", by)
    found.delete()
    _refuse_bare_profiles(found.plan, found.barrier)


def _locked(step: ActionStep, by: Actor, version: int | None = None) -> ActionStep:
    """The step as it stands, in whichever plan of its company.

    The company is locked before it, so that no profile is published in between.
    """
    company = open_file(step.plan.company, by)
    steps = ActionStep.objects.filter(plan__company=company).select_related("plan__assessment")
    found = steps.select_for_update(of=["self"]).filter(pk=step.pk).first()
    if found is None:
        raise WrongStateError(_("This step is not in the plan any more."), code="gone")
    if version is not None and found.version != version:
        raise ChangedMeanwhileError(found)
    found.plan.company = company
    return found


def _check(step: ActionStep) -> None:
    refuse_misfits(step, exclude=["plan"])
    if (
        step.barrier
        and step.barrier not in instrument(step.plan.assessment.instrument_version).items[BARRIERS]
    ):
        raise BadInputError(_("This barrier is not one of the assessment."))


def _refuse_bare_profiles(plan: ActionPlan, barrier: str) -> None:
    """Publication asks for an action against each barrier that blocks, so none of them is taken away afterwards.

    Only the plan of the latest assessment is asked: what the one before holds answers nothing any more.
    """
    company = plan.company
    if not barrier or plan.assessment != latest_completed(company):
        return
    published = company.profiles.published()
    for area in published.order_by("area").values_list("area", flat=True).distinct():
        if barrier in {one.item for one in barriers_without_step(plan.assessment, area)}:
            raise WrongStateError(
                _(
                    "A published profile needs an action against this barrier. Add another step against it first, "
                    "or take the profile back."
                ),
                code="barrier_blocks",
            )


def _record(step: ActionStep, act: str, by: Actor, fields: list[str] | None = None, before: str = "") -> None:
    """`before` is the assessment whose plan the step was in until now."""
    plan = step.plan
    record(
        events.PLAN_CHANGED,
        about=plan,
        by=by,
        company_id=plan.company.public_id,
        fields=fields or [],
        facts={"step": step.pk, "act": act} | ({"from": before} if before else {}),
    )
