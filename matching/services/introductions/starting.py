"""Beginning an introduction: from a match, or from a visitor's interest in a profile."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brokers.services.leaving import hold_seats
from companies.choices import InterestStatus
from companies.models import Company, CooperationProfile, ExpressionOfInterest
from companies.policies import require
from companies.services.escalations import who_decides
from companies.services.expressions import settle_interest
from companies.services.ownership import colleagues
from matching.choices import IntroductionStatus
from matching.handshake import Act, Side
from matching.models import Block, Introduction, Match
from matching.policies import can_begin_introduction
from matching.services.introductions import clocks, trail
from matching.services.introductions.grounds import refuse_away
from matching.services.introductions.moving import step
from matching.services.introductions.writing import CHANGED_MEANWHILE
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.errors import WrongStateError
from tibs.figures import INTRODUCTIONS_CARRIED

PAIR_ONCE = "matching_introduction_one_open"
PAIR_TAKEN = _("These two companies are being introduced, or know each other, already.")
DEALT_WITH = _("This interest was dealt with already.")


class PairTakenError(WrongStateError):
    """The two companies are being introduced, or were introduced, already."""

    code = "pair_taken"


class FullError(WrongStateError):
    """One of the two companies carries as many open introductions as it can."""

    code = "full"


@dataclass(frozen=True)
class Held:
    """What a beginning rests on: two brokers who stay until it is theirs, and the two companies, locked, the one with
    the smaller key first."""

    sender_broker: User
    receiver_broker: User
    low: Company
    high: Company


@transaction.atomic
def start_from_match(
    *, match: Match, profile: CooperationProfile, by: Actor, now: datetime | None = None
) -> Introduction:
    """Begin an introduction of the company of `profile`, one side of the match, to the other side."""
    partner = match.second if match.first_id == profile.pk else match.first
    held = _held(profile.company, partner.company, by)
    return _start(held, profile.company, partner, by, now, match=match, sender_profile=profile)


@transaction.atomic
def start_from_profiles(
    *, profile: CooperationProfile, partner: CooperationProfile, by: Actor, now: datetime | None = None
) -> Introduction:
    """The same for two profiles that a broker brings together without a match."""
    held = _held(profile.company, partner.company, by)
    return _start(held, profile.company, partner, by, now, sender_profile=profile)


@transaction.atomic
def start_from_interest(
    *, expression: ExpressionOfInterest, by: Actor, now: datetime | None = None
) -> Introduction:
    """Take up a visitor's interest: the visitor's company is the sender, even without a profile of its own, and the
    texts begin with what the visitor wrote."""
    rows = ExpressionOfInterest.objects.select_related("company__host", "profile__company__host")
    expression = rows.get(pk=expression.pk)
    if expression.company is None or expression.status != InterestStatus.ROUTED:
        raise WrongStateError(DEALT_WITH)
    firms = expression.company, expression.profile.company
    held = _held(*firms, by)
    expression = rows.select_for_update(of=["self"], no_key=True).get(pk=expression.pk)
    if expression.status != InterestStatus.ROUTED:
        raise WrongStateError(DEALT_WITH)
    if (expression.company, expression.profile.company) != firms:
        raise WrongStateError(CHANGED_MEANWHILE, code="conflict")
    begun = _start(
        held,
        firms[0],
        expression.profile,
        by,
        now,
        expression=expression,
        language=expression.language,
        presentation=expression.presentation,
        interest=expression.interest,
        question=expression.question,
    )
    expression.status = InterestStatus.TAKEN_UP
    expression.save(update_fields=["status", "updated_at"])
    settle_interest(expression, now or timezone.now())
    return begun


def _start(
    held: Held,
    sender: Company,
    partner: CooperationProfile,
    by: Actor,
    now: datetime | None,
    sender_profile: CooperationProfile | None = None,
    **values: object,
) -> Introduction:
    now = now or timezone.now()
    low, high = held.low, held.high
    for company in (low, high):
        refuse_away(company)
        _refuse_full(company)
    _refuse_pair(low, high, partner, sender_profile)
    introduction = Introduction(
        sender_company=sender,
        receiver_company=partner.company,
        sender_profile=sender_profile,
        receiver_profile=partner,
        low_company=low,
        high_company=high,
        sender_broker=held.sender_broker,
        receiver_broker=held.receiver_broker,
        owner=held.sender_broker,
        **values,
    )
    clocks.start(introduction, now)
    try:
        with transaction.atomic():
            introduction.save(force_insert=True)
    except IntegrityError as error:
        if PAIR_ONCE not in str(error):
            raise
        raise PairTakenError(PAIR_TAKEN) from error
    step(introduction, Act.START, by, now=now, before="")
    trail.write(introduction, Act.START, by, before="", side=Side.SENDER)
    return introduction


def _held(sender: Company, receiver: Company, by: Actor) -> Held:
    """What `by`, if they may, begins an introduction of these two with. The seats of both brokers are locked together,
    and before the companies; a company that somebody else serves by then belongs to an introduction that begins with
    its new broker."""
    require(can_begin_introduction(by, sender))
    found = Company.objects.select_related("owner", "host").in_bulk([sender.pk, receiver.pk])
    sender, receiver = found[sender.pk], found[receiver.pk]
    sender_broker, receiver_broker = _author(by, sender) or _broker_of(sender), _broker_of(receiver)
    sides = ((sender_broker, sender), (receiver_broker, receiver))
    # An administrator who decides for a host without a coordinator has no seat there.
    seated = [(who, firm.host) for who, firm in sides if colleagues(firm).filter(pk=who.pk).exists()]
    do_stay = hold_seats(seated)
    low, high = _locked(sender, receiver)
    if not do_stay or any(company.owner_id != found[company.pk].owner_id for company in (low, high)):
        raise WrongStateError(CHANGED_MEANWHILE, code="conflict")
    return Held(sender_broker, receiver_broker, low, high)


def _author(by: Actor, company: Company) -> User | None:
    """Whoever begins it leads it, if they work for the organisation of the company."""
    return colleagues(company).filter(public_id=by.id).first() if by.is_person else None


def _broker_of(company: Company) -> User:
    """Who serves the company and is there; else its coordinator."""
    owner = company.owner
    if owner and colleagues(company).filter(pk=owner.pk).exists():
        return owner
    coordinator = who_decides(company).first()
    if coordinator is None:
        raise WrongStateError(_("Nobody serves that company at present."))
    return coordinator


def _locked(one: Company, other: Company) -> tuple[Company, Company]:
    """Both companies as they stand, the one with the smaller key first, locked so that nobody counts beside us."""
    rows = Company.objects.locked().select_related("country")
    found = list(rows.filter(pk__in=(one.pk, other.pk)).order_by("pk"))
    if len(found) < 2:
        raise WrongStateError(_("An introduction joins two different companies."))
    return found[0], found[1]


def _refuse_full(company: Company) -> None:
    if carried(company) >= INTRODUCTIONS_CARRIED:
        sentence = _(
            "A company carries at most %(most)d open introductions, and one of the two has that many. End one first."
        )
        raise FullError(sentence % {"most": INTRODUCTIONS_CARRIED})


def carried(company: Company) -> int:
    """How many open introductions a company carries, from both sides."""
    own = Introduction.objects.open()
    return own.filter(low_company=company).count() + own.filter(high_company=company).count()


def _refuse_pair(
    low: Company, high: Company, partner: CooperationProfile, profile: CooperationProfile | None
) -> None:
    if low.country_id == high.country_id:
        raise WrongStateError(_("An introduction joins companies of two countries."))
    if not CooperationProfile.objects.matchable().filter(pk=partner.pk).exists():
        raise WrongStateError(_("The other profile is not open for interest any more."))
    between = Block.objects.in_force().filter(company__in=(low, high), other__in=(low, high))
    if between.exists() or _is_unwanted(low, high, [partner, profile] if profile else [partner]):
        # Neither the other side's block nor the countries that it leaves out are told.
        raise WrongStateError(_("These two companies cannot be introduced to each other."), code="blocked")
    pair = Introduction.objects.filter(low_company=low, high_company=high)
    if pair.open().exists() or pair.filter(status=IntroductionStatus.INTRODUCED).exists():
        raise PairTakenError(PAIR_TAKEN)


def _is_unwanted(low: Company, high: Company, profiles: list[CooperationProfile]) -> bool:
    """Whether one of the profiles leaves out the country of the other side; its own is left out anyway."""
    wanted = CooperationProfile.objects.filter(pk__in=[one.pk for one in profiles])
    return wanted.filter(excluded_countries__overlap=[low.country_id, high.country_id]).exists()
