"""Interest in a published profile: written by a visitor, confirmed by a mailed link, and then with their own broker.

The side whose profile it is learns nothing before that broker begins an introduction.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.calls import why_over
from companies.choices import InterestEnd, InterestStatus
from companies.models import Company, CooperationProfile, ExpressionOfInterest
from companies.notices import EXPRESSION_ARRIVED, EXPRESSION_WAITS_AGAIN
from companies.policies import can_change_company, require
from companies.services.checks import refuse_misfits
from companies.services.duplicates import Why, similar_companies
from companies.services.expression_letters import (
    ask_for_confirmation,
    key_of,
    say_goodbye,
    say_who_answers,
    tell_of_interest,
)
from companies.services.files import author
from companies.services.leads import LeadContact, LeadFacts, create_lead
from companies.services.registration_limits import may_write_to
from regions.models import Country
from regions.selectors import region_for_postcode
from regions.working_days import times_of
from tibs.accounts.actor import VISITOR, Actor, system
from tibs.accounts.models import User
from tibs.core.errors import BadInputError, WrongStateError
from tibs.core.secrets import digest_of, new_token
from tibs.events.recording import record
from tibs.events.services.inbox import settle_about
from tibs.figures import INTEREST_DAYS, UNCONFIRMED_INTEREST_LIFE

DESK = system("companies.interest")
SOURCE = "interest"
# What somebody may be told of one expression beside its arrival; each begins one key of the inbox.
AGAIN, REMINDED, LATE = "again", "reminded", "late"


class SameCountryError(BadInputError):
    """TIBS joins firms of different countries."""

    code = "same_country"


class LeftOutError(BadInputError):
    """The firm looks for partners in other countries."""

    code = "left_out"


class InterestLinkTooOldError(WrongStateError):
    """The link of the letter belongs to nothing any more."""

    code = "link_too_old"


@dataclass(frozen=True, kw_only=True)
class Interest:
    """What a visitor writes: who they are, and three texts of which the last may be empty. The postcode, which may be
    empty too, tells whose broker answers where a country has several."""

    organisation_name: str
    country: Country
    name: str
    email: str
    presentation: str
    interest: str
    question: str = ""
    postcode: str = ""


@transaction.atomic
def express_interest(
    *,
    profile: CooperationProfile,
    said: Interest,
    form_token: str,
    language: str,
    network: str,
    source: str = "",
    is_trapped: bool = False,
    now: datetime | None = None,
) -> ExpressionOfInterest:
    """Keep what a visitor wrote, and ask for the confirmation of the address by letter.

    However often one page is sent (`form_token`), it makes one expression. What a program filled in (`is_trapped`), and
    what goes to an address that gets too many letters, is answered like everything else, but no letter is written:
    it vanishes after a week. SameCountryError, LeftOutError where the firm looks elsewhere, WrongStateError once the
    profile takes no interest.
    """
    now = now or timezone.now()
    _refuse_closed(profile, now)
    _refuse_country(profile, said.country)
    if said.postcode and region_for_postcode(said.country, said.postcode) is None:
        reason = _("This is not a postcode of that country.")
        raise BadInputError(reason, fields={"postcode": reason})
    if known := ExpressionOfInterest.objects.filter(form_token=form_token).first():
        return known
    token, digest = new_token()
    is_asked = not is_trapped and may_write_to(said.email, network)
    made = ExpressionOfInterest(
        profile=profile,
        language=language,
        form_token=form_token,
        confirm_digest=digest if is_asked else "",
        network=network,
        source=source,
        expires_at=now + UNCONFIRMED_INTEREST_LIFE,
        **{name: getattr(said, name) for name in Interest.__dataclass_fields__},
    )
    refuse_misfits(made, exclude=["profile", "country", "form_token"])
    if not _is_first(made):
        return ExpressionOfInterest.objects.get(form_token=form_token)
    if is_asked:
        ask_for_confirmation(made, token)
    record(events.INTEREST_EXPRESSED, about=made, by=VISITOR)
    return made


def _is_first(made: ExpressionOfInterest) -> bool:
    """Save it, unless the same page was sent twice at this moment."""
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def interest_of_link(token: str, now: datetime, *, for_update: bool = False) -> ExpressionOfInterest:
    """The expression that a mailed link confirms or has confirmed; InterestLinkTooOldError."""
    rows = ExpressionOfInterest.objects.select_related("profile__company", "country", "company__host")
    rows = rows.filter(confirm_digest=digest_of(token))
    found = (rows.select_for_update(of=["self"]) if for_update else rows).first()
    if found is None or (found.status == InterestStatus.WAITING and found.expires_at <= now):
        raise InterestLinkTooOldError(_("This link does not work any more. Please write once more."))
    return found


@transaction.atomic
def confirm_interest(*, token: str, now: datetime | None = None) -> ExpressionOfInterest:
    """The address is proven: the interest goes to the visitor's own broker, who has two working days.

    A firm that is known already keeps its broker; another one becomes a lead. Confirmed again, it changes nothing.
    WrongStateError once the profile takes no interest, LeftOutError once it leaves the visitor's country out.
    """
    now = now or timezone.now()
    expression = interest_of_link(token, now, for_update=True)
    if expression.status != InterestStatus.WAITING:
        return expression
    _refuse_closed(expression.profile, now)
    _refuse_country(expression.profile, expression.country)
    company = _known_company(expression) or _new_lead(expression, now)
    expression.company, expression.status = company, InterestStatus.ROUTED
    expression.confirmed_at, expression.network = now, ""
    for name, moment in asdict(times_of(expression.country, now, INTEREST_DAYS)).items():
        setattr(expression, name, moment)
    expression.save()
    record(events.EXPRESSION_CONFIRMED, about=expression, by=VISITOR, company_id=company.public_id)
    if broker := broker_of(company):
        tell_of_interest(EXPRESSION_ARRIVED, expression, company, broker, key=key_of(expression))
    say_who_answers(expression, company, broker)
    return expression


@transaction.atomic
def close_interest(
    *, expression: ExpressionOfInterest, reason: InterestEnd, by: Actor, now: datetime | None = None
) -> ExpressionOfInterest:
    """End it without an introduction; the visitor gets a polite letter that says why in one sentence."""
    expression = (
        ExpressionOfInterest.objects.select_for_update(of=["self"])
        .select_related("company", "profile")
        .get(pk=expression.pk)
    )
    require(expression.company is not None and can_change_company(by, expression.company))
    if expression.status != InterestStatus.ROUTED:
        raise WrongStateError(_("This interest waits for nobody any more."))
    end_interest(expression, reason, by, now or timezone.now())
    return expression


def end_interest(
    expression: ExpressionOfInterest, reason: InterestEnd, by: Actor, now: datetime, *, tell: bool = True
) -> None:
    """The same for a locked expression that was routed; without `tell` the visitor gets no letter."""
    company = expression.company
    if company is None:
        return
    expression.status, expression.close_reason = InterestStatus.CLOSED, reason
    expression.closed_by = author(by)
    expression.save(update_fields=["status", "close_reason", "closed_by", "updated_at"])
    settle_interest(expression, now)
    facts = {"reason": str(reason)}
    record(events.INTEREST_CLOSED, about=expression, by=by, company_id=company.public_id, facts=facts)
    if tell and expression.email:
        say_goodbye(expression, company, reason)


def reopen_interest(*, expressions: Mapping[int, bool], now: datetime) -> None:
    """Interest that was taken up waits for its broker again, since the introduction ended without a meeting: it can be
    taken up anew, or closed with a letter to the visitor, and its broker is told so. That of an erased firm stays as
    it is. `expressions` tells for each key whether the introduction had been sent to the other broker."""
    rows = ExpressionOfInterest.objects.select_for_update(of=["self"])
    rows = rows.select_related("country", "profile", "company__owner", "company__proposed_owner")
    taken_up = rows.filter(
        pk__in=expressions,
        status=InterestStatus.TAKEN_UP,
        company__erased_at=None,
        profile__company__erased_at=None,
    )
    for expression in taken_up.order_by("pk"):
        times = times_of(expression.country, now, INTEREST_DAYS)
        expression.status = InterestStatus.ROUTED
        expression.remind_at, expression.due_at = times.remind_at, times.due_at
        # The visitor was promised one answer, and hears of the end when the interest is closed.
        expression.return_at = expression.reminded_at = expression.escalated_at = None
        expression.was_passed_on = expression.was_passed_on or expressions[expression.pk]
        expression.save()
        company = expression.company
        if company:
            record(events.EXPRESSION_REOPENED, about=expression, by=DESK, company_id=company.public_id)
        if company and (broker := broker_of(company)):
            # Taken up and given back twice on one day, it has one answer day and is told twice.
            key = f"{key_of(expression, AGAIN)}:{now:%Y%m%d%H%M%S%f}"
            tell_of_interest(EXPRESSION_WAITS_AGAIN, expression, company, broker, key=key)


def broker_of(company: Company) -> User | None:
    """Who answers for the company: its broker, or the one to whom the lead was proposed."""
    return company.owner or company.proposed_owner


def settle_interest(expression: ExpressionOfInterest, now: datetime) -> None:
    """It waits for nobody any more, and neither do the notices about it, of whichever round of waiting."""
    settle_about(start=key_of(expression), now=now)


def _refuse_closed(profile: CooperationProfile, now: datetime) -> None:
    if over := why_over(profile, now):
        raise WrongStateError(over, code="closed_for_interest")
    open_now = CooperationProfile.objects.published().filter(pk=profile.pk, open_for_interest=True)
    if not open_now.exists():
        raise WrongStateError(_("This firm takes no new contacts at present."), code="closed_for_interest")


def _refuse_country(profile: CooperationProfile, country: Country) -> None:
    if country.pk == profile.company.country_id:
        reason = _("This firm is in your own country. TIBS joins firms of different countries.")
        raise SameCountryError(reason, fields={"country": reason})
    if country.pk in profile.excluded_countries:
        reason = _("This firm looks for partners in other countries than yours.")
        raise LeftOutError(reason, fields={"country": reason})


def _known_company(expression: ExpressionOfInterest) -> Company | None:
    """The company of the proven address in the visitor's country.

    A name proves nothing: whoever writes that of somebody else's firm would learn here who its broker is. Such a firm
    becomes a lead, and its broker reads that it may be known.
    """
    country = expression.country_id
    found = similar_companies(name=expression.organisation_name, country=country, email=expression.email)
    mine = [one for one in found if one.company.country_id == country and Why.PERSON in one.why]
    return max(mine, key=lambda one: one.points).company if mine else None


def _new_lead(expression: ExpressionOfInterest, now: datetime) -> Company:
    return create_lead(
        facts=LeadFacts(
            name=expression.organisation_name, country=expression.country, postcode=expression.postcode
        ),
        contact=LeadContact(
            name=expression.name, email=expression.email, language=expression.language, confirmed_at=now
        ),
        source=SOURCE,
        by=DESK,
        is_greeted=False,
        now=now,
    )
