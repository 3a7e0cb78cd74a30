"""What visitors and brokers are told of an expression of interest."""

from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from companies.choices import InterestEnd
from companies.models import Company, ExpressionOfInterest
from tibs.accounts.models import User
from tibs.core.links import absolute
from tibs.events.notices import Notice
from tibs.events.services.inbox import notify
from tibs.events.services.letters import write_letter
from tibs.figures import UNCONFIRMED_INTEREST_LIFE


def key_of(expression: ExpressionOfInterest, what: str = "") -> str:
    """The key of a notice about it: of its arrival, or of `what` came later."""
    return f"interest:{expression.public_id}{f':{what}' if what else ''}"


def round_key_of(expression: ExpressionOfInterest, what: str) -> str:
    """The same for what comes once in each round of waiting; the day on which the answer is due tells rounds apart."""
    key = key_of(expression, what)
    return f"{key}:{expression.due_at:%Y%m%d}" if expression.due_at else key


def answer_day(expression: ExpressionOfInterest, language: str) -> str:
    """The day until which the broker answers, on the visitor's own calendar; '' before the confirmation."""
    if expression.due_at is None:
        return ""
    with override(language):
        return date_format(expression.due_at.astimezone(ZoneInfo(expression.country.time_zone)))


def ask_for_confirmation(expression: ExpressionOfInterest, token: str) -> None:
    """Send the link that proves the visitor's address; no word of a stranger stands in it."""
    write_letter(
        template="interest_confirm",
        to=expression.email,
        language=expression.language,
        context={
            "reference": str(expression.profile.reference),
            "link": absolute(reverse("interest_confirm", args=[token])),
            "days": UNCONFIRMED_INTEREST_LIFE.days,
        },
        key=key_of(expression),
    )


def tell_of_interest(
    notice: Notice, expression: ExpressionOfInterest, company: Company, person: User, *, key: str
) -> None:
    """Tell somebody of the organisation that answers for the interested firm."""
    notify(
        notice,
        to=person,
        url=reverse("interest", args=[expression.public_id]),
        key=key,
        values={
            "company": company.name,
            "reference": str(expression.profile.reference),
            "due": answer_day(expression, person.language),
        },
        company_id=company.public_id,
    )


def say_who_answers(expression: ExpressionOfInterest, company: Company, broker: User | None) -> None:
    """Tell the visitor that the interest has arrived, who answers it, and until when."""
    write_letter(
        template="interest_received",
        to=expression.email,
        language=expression.language,
        context={
            "name": expression.name,
            "reference": str(expression.profile.reference),
            "broker": broker.name if broker else "",
            "host": company.host.name,
            "due": answer_day(expression, expression.language),
            "link": absolute("/"),
        },
        company_id=company.public_id,
        key=f"interest_received:{expression.public_id}",
    )


def say_goodbye(expression: ExpressionOfInterest, company: Company, reason: InterestEnd) -> None:
    """Tell the visitor politely that nothing comes of it, and why."""
    write_letter(
        template="interest_closed",
        to=expression.email,
        language=expression.language,
        context={
            "name": expression.name,
            "reference": str(expression.profile.reference),
            "reason": str(reason),
            "was_passed_on": expression.was_passed_on,
            "link": absolute(reverse("opportunities")),
        },
        company_id=company.public_id,
        key=f"interest_closed:{expression.public_id}",
    )
