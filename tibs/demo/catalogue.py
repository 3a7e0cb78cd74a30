"""Who uses the catalogue in the demonstration: firms passed on to partner sites, saved searches, interest."""

from datetime import datetime, timedelta

from companies.catalogue.search import Search
from companies.choices import Frequency, Purpose
from companies.models import Company, CooperationProfile, ExpressionOfInterest
from companies.services.consents import give_consent
from companies.services.expressions import Interest, confirm_interest, express_interest, key_of
from companies.services.saved_searches import ask_for_search, confirm_search, save_search
from regions.models import Country
from tibs.accounts.actor import actor_of, system
from tibs.accounts.models import User
from tibs.events.models import Letter

TELLER = system("demo")
VISITOR_ADDRESS = "visitor@harbour.example"
PRESENTATION = (
    "We make furniture from solid wood for hotels and offices, with twenty-six people and a workshop of our own. "
    "Half of our orders come from abroad, and we have worked with certified timber for ten years."
)
INTEREST = (
    "We read that you plane boards to size. We need about forty cubic metres of dry oak a month from spring on, and "
    "would like to know whether you could deliver them cut and ready for gluing."
)


def visit_catalogue(source: str, now: datetime) -> None:
    """Let firms be passed on and named, people save searches, and two visitors be interested."""
    _agree(source)
    _save_searches(source)
    _be_interested(source, now)


def _agree(source: str) -> None:
    """Every third published firm agrees to be passed on to partner sites, and the first of them to be named."""
    firms = (
        Company.objects.filter(source=source, profiles__published_at__isnull=False).order_by("pk").distinct()
    )
    for number, company in enumerate(firms):
        if number % 3 == 0:
            give_consent(company=company, purpose=Purpose.SYNDICATE, language="en", by=TELLER)
        if number == 0:
            give_consent(company=company, purpose=Purpose.PUBLISH_NAMED, language="en", by=TELLER)


def _save_searches(source: str) -> None:
    """A broker of the story keeps two, a visitor one that is confirmed."""
    owner = User.objects.filter(companies__source=source).order_by("pk").first()
    if owner:
        for search, name in ((Search(q="wood"), "“wood”"), (Search(country=("FI",)), "Finland")):
            save_search(search=search, name=name, frequency=Frequency.DAILY, by=actor_of(owner))
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


def _be_interested(source: str, now: datetime) -> None:
    """A Finnish firm of the story is interested in a Polish profile; a Danish visitor has not confirmed yet."""
    published = CooperationProfile.objects.published().select_related("company").order_by("pk")
    profile = published.filter(company__source=source, company__country="PL", open_for_interest=True).first()
    firm = Company.objects.filter(source=source, country="FI", owner__isnull=False).order_by("pk").first()
    if profile is None or firm is None:
        return
    contact = firm.contacts.order_by("pk").first()
    address = contact.email if contact else "info@firm.example"
    expression = _written(profile, "FI", firm.name, address, now - timedelta(hours=5))
    letter = Letter.objects.filter(key=key_of(expression)).first()
    if letter:
        confirm_interest(token=_token(letter), now=now - timedelta(hours=4))
    _written(profile, "DK", "Havnens Møbler ApS", "mette@havnens.example", now - timedelta(hours=1))


def _written(
    profile: CooperationProfile, country: str, organisation: str, email: str, now: datetime
) -> ExpressionOfInterest:
    said = Interest(
        organisation_name=organisation,
        country=Country.objects.get(code=country),
        name="Mette Holm" if country == "DK" else "Aino Salo",
        email=email,
        presentation=PRESENTATION,
        interest=INTEREST,
        question="Is your timber certified?",
    )
    token = f"demo:{country}"
    return express_interest(profile=profile, said=said, form_token=token, language="en", network="", now=now)


def _token(letter: Letter) -> str:
    """The secret in the link of a letter that is not sent yet."""
    return str(letter.context["link"]).rstrip("/").rpartition("/")[2]
