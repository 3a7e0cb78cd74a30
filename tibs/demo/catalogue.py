"""Who uses the catalogue in the demonstration: firms passed on to partner sites, saved searches, interest."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from companies.catalogue.search import Search
from companies.choices import Frequency, InterestEnd, Purpose
from companies.models import Company, ExpressionOfInterest
from companies.services.consents import give_consent
from companies.services.expression_letters import key_of
from companies.services.expressions import (
    Interest,
    close_interest,
    confirm_interest,
    express_interest,
)
from companies.services.saved_searches import ask_for_search, confirm_search, save_search
from matching.services.introductions.starting import start_from_interest
from regions.models import Country
from tibs.demo.cast import TELLER, Cast, read
from tibs.demo.clock import ago, at
from tibs.events.models import Letter

FIRST_BROKER = str(read("people")["person"][0]["email"])
VISITOR_ADDRESS = "visitor@harbour.example"
# Before most of the profiles came, so that the searches have something to tell.
SEARCHED, AGREED = 21, 1
SEARCHES = (("wood", Search(q="wood")), ("Finland", Search(country=("FI",))))


def save_searches(cast: Cast, now: datetime) -> None:
    """The first broker of the story keeps two searches, a visitor one that is confirmed."""
    first = cast.actor(cast.person(FIRST_BROKER))
    with at(ago(now, SEARCHED)):
        for name, search in SEARCHES:
            save_search(search=search, name=name, frequency=Frequency.DAILY, by=first)
        ask_for_search(
            search=Search(type=("TO",)),
            name="Technology offer",
            frequency=Frequency.WEEKLY,
            email=VISITOR_ADDRESS,
            language="en",
            network="",
        )
        letter = Letter.objects.filter(to_address=VISITOR_ADDRESS, template="search_confirm").first()
        if letter:
            confirm_search(token=_token(letter))


def agree_to_more(cast: Cast, now: datetime) -> None:
    """Every third published firm agrees to be passed on to partner sites, and the first of them to be named."""
    published = Company.objects.filter(source=cast.source, profiles__published_at__isnull=False)
    with at(ago(now, AGREED, 8)):
        for number, company in enumerate(published.order_by("pk").distinct()):
            if number % 3 == 0:
                give_consent(company=company, purpose=Purpose.SYNDICATE, language="en", by=TELLER)
            if number == 0:
                give_consent(company=company, purpose=Purpose.PUBLISH_NAMED, language="en", by=TELLER)


def be_interested(cast: Cast, now: datetime) -> None:
    """Visitors write; most of them confirm it, and their own brokers take it up, close it or are late."""
    for told in read("visitors")["visitor"]:
        with at(ago(now, told["days"], 6)):
            expression = _written(cast, told)
        if told["state"] != "unconfirmed":
            with at(ago(now, told["days"], 7)):
                confirmed = confirm_interest(token=_token(Letter.objects.get(key=key_of(expression))))
            with at(ago(now, told["days"] - 2, 13)):
                _answer(cast, confirmed, told["state"])


def _written(cast: Cast, told: Mapping[str, Any]) -> ExpressionOfInterest:
    organisation, name, email = _who(cast, told)
    said = Interest(
        organisation_name=organisation,
        country=Country.objects.get(code=told["country"]),
        name=name,
        email=email,
        presentation=told["presentation"],
        interest=told["interest"],
        question=told["question"],
    )
    return express_interest(
        profile=cast.profile(told["profile"]),
        said=said,
        form_token=f"demo:{email}",
        language=told["language"],
        network="",
    )


def _who(cast: Cast, told: Mapping[str, Any]) -> tuple[str, str, str]:
    """The name of the organisation, and its person with the address."""
    if "firm" not in told:
        return told["organisation"], told["name"], told["email"]
    company = cast.company(told["firm"])
    contact = company.contacts.order_by("pk")[0]
    return company.name, contact.name, contact.email


def _answer(cast: Cast, expression: ExpressionOfInterest, state: str) -> None:
    company = expression.company
    person = (company.owner or company.proposed_owner) if company else None
    if person is None:
        return
    if state == "taken_up":
        start_from_interest(expression=expression, by=cast.actor(person))
    if state == "closed":
        close_interest(expression=expression, reason=InterestEnd.NOT_SERVED, by=cast.actor(person))


def _token(letter: Letter) -> str:
    """The secret in the link of a letter that is not sent yet."""
    return str(letter.context["link"]).rstrip("/").rpartition("/")[2]
