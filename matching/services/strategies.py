"""Joint smart strategies: drafted by a broker, signed by every member in the same words, then carried out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from companies.policies import can_decide_for_company, require
from companies.querysets import CompanyQuerySet
from companies.services.checks import refuse_misfits
from companies.services.files import author
from matching import events
from matching.choices import IntroductionStatus, StrategyStatus
from matching.cooperation_stages import strategy_after
from matching.models import Introduction, JointStrategy, StrategyActivity, StrategyMember
from matching.notices import cooperations as notices
from matching.policies import can_begin_strategy, can_lead_strategy
from matching.strategy_words import WORDS, has_signed, what_is_missing, words_hash
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.notices import Notice
from tibs.events.recording import record
from tibs.events.services.inbox import notify, settle
from tibs.events.vocabulary import Event

MOST_MEMBERS, MOST_ACTIVITIES = 20, 20


def candidates(actor: Actor) -> CompanyQuerySet:
    """Firms that the actor can ask to take part: those of their organisations, and the partners to which these were
    introduced."""
    own = Company.objects.filter(host__in=actor.organisations, merged_into=None, erased_at=None)
    met = Introduction.objects.filter(status=IntroductionStatus.INTRODUCED)
    keys = own.values("pk")
    partners = Company.objects.filter(
        pk__in=met.filter(sender_company__in=keys).values("receiver_company"), erased_at=None
    ) | Company.objects.filter(
        pk__in=met.filter(receiver_company__in=keys).values("sender_company"), erased_at=None
    )
    found: CompanyQuerySet = (own | partners).order_by("name", "pk")
    return found


@transaction.atomic
def draft_strategy(
    *, values: Mapping[str, Any], companies: Sequence[Company] = (), by: Actor
) -> JointStrategy:
    """Begin a joint strategy (`values`: domain and the texts of WORDS) of these firms; the author leads it."""
    require(can_begin_strategy(by))
    strategy = JointStrategy(lead=author(by), **_known(values))
    refuse_misfits(strategy, exclude=["lead"])
    strategy.save(force_insert=True)
    _add(strategy, companies, by)
    _record(events.STRATEGY_DRAFTED, strategy, by)
    return strategy


@transaction.atomic
def change_strategy(*, strategy: JointStrategy, values: Mapping[str, Any], by: Actor) -> JointStrategy:
    """Correct the texts of a draft; signatures under other words do not count any more."""
    strategy = _held_draft(strategy, by)
    for name, value in _known(values).items():
        setattr(strategy, name, value)
    refuse_misfits(strategy, exclude=["lead"])
    return _changed(strategy, by)


@transaction.atomic
def add_member(
    *, strategy: JointStrategy, company: Company, contribution: str = "", by: Actor
) -> JointStrategy:
    """Let a firm take part in a draft; of one that does already, say anew what it contributes."""
    strategy = _held_draft(strategy, by)
    _add(strategy, [company], by)
    member = strategy.members.get(company=company)
    member.contribution = contribution.strip()
    refuse_misfits(member, exclude=["strategy", "company"])
    member.save(update_fields=["contribution"])
    return _changed(strategy, by)


@transaction.atomic
def remove_member(*, strategy: JointStrategy, company: Company, by: Actor) -> JointStrategy:
    """A firm does not take part in a draft any more; its activities stay, without it."""
    strategy = _held_draft(strategy, by)
    strategy.members.filter(company=company).delete()
    return _changed(strategy, by)


@transaction.atomic
def add_activity(
    *,
    strategy: JointStrategy,
    what: str,
    responsible: StrategyMember | None = None,
    due_date: date | None = None,
    by: Actor,
) -> StrategyActivity:
    """Say one thing more that the members of a draft do together, which of them sees to it, and until when."""
    strategy = _held_draft(strategy, by)
    if strategy.activities.count() >= MOST_ACTIVITIES:
        raise BadInputError(_("A strategy has at most 20 activities."))
    activity = StrategyActivity(
        strategy=strategy, what=what.strip(), responsible=responsible, due_date=due_date
    )
    refuse_misfits(activity, exclude=["strategy", "responsible"])
    if responsible and responsible.strategy_id != strategy.pk:
        raise BadInputError(_("This company does not take part."))
    activity.save(force_insert=True)
    _changed(strategy, by)
    return activity


@transaction.atomic
def remove_activity(*, activity: StrategyActivity, by: Actor) -> JointStrategy:
    """Take an activity out of a draft."""
    strategy = _held_draft(activity.strategy, by)
    strategy.activities.filter(pk=activity.pk).delete()
    return _changed(strategy, by)


@transaction.atomic
def ask_for_signatures(*, strategy: JointStrategy, by: Actor) -> JointStrategy:
    """Ask every firm that has not signed these words, and its broker; once for the same words."""
    strategy = _held_draft(strategy, by)
    current = words_hash(strategy)
    for member in strategy.members.all():
        if has_signed(member, current):
            continue
        _tell(notices.STRATEGY_TO_SIGN, strategy, [member], f"sign:{current[:16]}", by)
    return strategy


@transaction.atomic
def sign_strategy(
    *,
    strategy: JointStrategy,
    company: Company,
    signer: str,
    shown_hash: str,
    by: Actor,
    now: datetime | None = None,
) -> StrategyMember:
    """A member signs the exact words that it was shown, by its people, or by its broker for them."""
    now = now or timezone.now()
    strategy = _held(strategy)
    require(can_decide_for_company(by, company))
    member = next((one for one in strategy.members.all() if one.company_id == company.pk), None)
    if member is None:
        raise NotAllowedError(_("This company does not take part."))
    if strategy.status != StrategyStatus.DRAFT:
        raise WrongStateError(_("This strategy is agreed already."))
    if shown_hash != words_hash(strategy):
        raise WrongStateError(
            _("The words have changed meanwhile. Please read them again."), code="text_changed"
        )
    if not signer.strip():
        missing = _("Say who signs for the company.")
        raise BadInputError(missing, fields={"signer": missing})
    member.signer, member.text_hash, member.signed_at = signer.strip(), shown_hash, now
    refuse_misfits(member, exclude=["strategy", "company"])
    member.save(update_fields=["signer", "text_hash", "signed_at"])
    record(events.STRATEGY_SIGNED, about=strategy, by=by, company_id=company.public_id)
    settle(key=f"{strategy.public_id}:sign:{shown_hash[:16]}:{company.public_id}", now=now)
    return member


@transaction.atomic
def move_strategy(*, strategy: JointStrategy, by: Actor, now: datetime | None = None) -> JointStrategy:
    """Take a strategy to its next status: agreed, once firms of two countries have all signed; carried out; done."""
    now = now or timezone.now()
    strategy = _held(strategy)
    require(can_lead_strategy(by, strategy))
    status = strategy_after(strategy.status)
    if status is None:
        raise WrongStateError(_("This strategy is completed."))
    if status == StrategyStatus.AGREED:
        if missing := what_is_missing(strategy):
            raise WrongStateError(missing)
        strategy.agreed_at = now
        _tell(notices.STRATEGY_AGREED, strategy, strategy.members.all(), "agreed", by)
    if status == StrategyStatus.COMPLETED:
        strategy.completed_at = now
    strategy.status = status
    strategy.version += 1
    strategy.save(update_fields=["status", "agreed_at", "completed_at", "version", "updated_at"])
    _record(events.STRATEGY_MOVED, strategy, by)
    return strategy


@transaction.atomic
def finish_activity(
    *, activity: StrategyActivity, by: Actor, now: datetime | None = None
) -> StrategyActivity:
    """Note that an activity of an agreed strategy is done."""
    strategy = _held(activity.strategy)
    require(can_lead_strategy(by, strategy))
    if strategy.status == StrategyStatus.DRAFT:
        raise WrongStateError(_("First the strategy is agreed."))
    StrategyActivity.objects.filter(pk=activity.pk, done_at=None).update(done_at=now or timezone.now())
    return StrategyActivity.objects.get(pk=activity.pk)


def _held(strategy: JointStrategy) -> JointStrategy:
    rows = JointStrategy.objects.select_for_update(of=["self"]).select_related("lead", "domain")
    found: JointStrategy = rows.prefetch_related("members__company", "activities").get(pk=strategy.pk)
    return found


def _held_draft(strategy: JointStrategy, by: Actor) -> JointStrategy:
    strategy = _held(strategy)
    require(can_lead_strategy(by, strategy))
    if strategy.status != StrategyStatus.DRAFT:
        raise WrongStateError(_("What is agreed does not change any more."))
    return strategy


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in (*WORDS, "domain") if name in values}


def _add(strategy: JointStrategy, companies: Iterable[Company], by: Actor) -> None:
    """Add firms that the actor may ask; firms that take part already stay as they are."""
    there = set(strategy.members.values_list("company", flat=True))
    new = [company for company in companies if company.pk not in there]
    allowed = set(candidates(by).filter(pk__in=[one.pk for one in new]).values_list("pk", flat=True))
    if any(company.pk not in allowed for company in new):
        stranger = _("Only firms of your organisation and their partners can take part.")
        raise BadInputError(stranger, fields={"members": stranger})
    if len(there) + len(new) > MOST_MEMBERS:
        many = _("At most 20 firms can take part.")
        raise BadInputError(many, fields={"members": many})
    StrategyMember.objects.bulk_create(StrategyMember(strategy=strategy, company=one) for one in new)


def _changed(strategy: JointStrategy, by: Actor) -> JointStrategy:
    strategy.version += 1
    strategy.save()
    _record(events.STRATEGY_CHANGED, strategy, by)
    return _held(strategy)


def _record(event: Event, strategy: JointStrategy, by: Actor) -> None:
    """One line in the timeline of every member."""
    for company in Company.objects.filter(strategies__strategy=strategy).order_by("pk"):
        record(event, about=strategy, by=by, company_id=company.public_id, facts={"status": strategy.status})


def _tell(
    notice: Notice, strategy: JointStrategy, members: Iterable[StrategyMember], key: str, by: Actor
) -> None:
    for member in members:
        company = member.company
        people = User.objects.filter(contacts__company=company, is_active=True).distinct()
        for person in {*people, *([company.owner] if company.owner else [])}:
            if person.public_id == by.id:
                continue
            notify(
                notice,
                to=person,
                url=reverse("strategy", args=[strategy.public_id]),
                key=f"{strategy.public_id}:{key}:{company.public_id}",
                values={"title": strategy.title, "company": company.name},
                company_id=company.public_id,
            )
