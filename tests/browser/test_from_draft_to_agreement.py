"""A Polish and a Finnish broker lead two firms from a draft to a validated agreement, all by pages and clicks."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from companies.models import CooperationProfile
from matching.choices import IntroductionStatus
from matching.engine.encoders import CharEncoder
from matching.models import Agreement, Introduction, Meeting
from matching.services import board, parts, runs, vectors
from tests import factories, introducing, uploads
from tests.browser.people import DESK, PHONE, Somebody
from tests.cooperating import days_ahead
from tests.matching.conftest import finish
from tibs.accounts.roles import RoleCode
from tibs.events.models import Outbox
from tibs.events.services import outbox

TITLE = "Planed oak boards for makers of stairs, from a Polish mill"
WORDS = {
    "Title (needed": TITLE,
    "What the firm offers": "The firm planes and sorts oak boards for joineries. It delivers 40 m3 a month.",
    "The role of the partner": (
        "A joinery with 10 to 49 staff that builds stairs from oak boards, tests two samples and buys each month."
    ),
    "Advantages and innovation": "Boards are dried to 8 per cent, which a laboratory measured on 200 samples.",
    "Keywords": "oak boards, stairs",
}
SUMMARY = "A small Polish mill planes oak to measure and supplies joineries within ten days."
PRESENTATION = "The mill has 34 staff and planes oak boards for joineries in four countries. " * 3
INTEREST = (
    "The stairs of the partner need dry boards of one width all year, which the mill keeps in stock. " * 2
)
QUESTION = (
    "Which widths and lengths do you use in a year, and how dry must the boards be when they arrive? " * 2
)
POINTS = "4: good"


@pytest.fixture(autouse=True)
def letters_only(monkeypatch):
    """The stand-in encoder sees letters and needs no weights."""
    stand_in = CharEncoder()
    monkeypatch.setattr(vectors, "encoder", lambda: stand_in)
    monkeypatch.setattr(vectors, "default_version", lambda: stand_in.version)
    parts._arrays.cache_clear()
    board.forget()


@pytest.fixture
def meets(new_context, live_server):
    """Let somebody sit down at a desk, or take up a phone."""
    met = []

    def meet(user, device=DESK):
        met.append(Somebody(user, new_context(**device), live_server.url))
        return met[-1]

    yield meet
    assert [complaint for one in met for complaint in one.complaints] == []


@pytest.fixture
def cast(transactional_db):
    """Two brokers with a firm each, a second reader in Latvia, and who must not learn what is between the two."""
    return Cast()


class Cast:
    def __init__(self) -> None:
        poland, finland = factories.host("PL"), factories.host("FI")
        factories.country("LV")
        self.rita = factories.broker("Rita Ozola", organisation=factories.host("LV")).membership.user
        self.ana = factories.broker("Ana Nowak", organisation=poland).membership.user
        self.olek = factories.broker("Olek Zych", organisation=poland).membership.user
        self.carla = factories.person("Carla Lis", role=RoleCode.COORDINATOR, organisation=finland)
        self.johanna = factories.broker("Johanna Virtanen", organisation=finland).membership.user
        self.signe = factories.person("Signe Holm", role=RoleCode.STAFF)
        self.ewa, self.aino = factories.person("Ewa Lis"), factories.person("Aino Salo")
        self.mill = factories.company("Stolarnia Dąb", host=poland, owner=self.ana, stage="enrolled")
        self.joinery = factories.company("Kymen Porras Oy", host=finland, owner=self.johanna)
        self.mill_contact = factories.contact(self.mill, "Ewa Lis", user=self.ewa)
        self.joinery_contact = factories.contact(self.joinery, "Aino Salo", user=self.aino)
        self.stairs = factories.profile(
            self.joinery,
            offered="Oak stairs built to measure by a joinery. It builds 30 stairs a month.",
            sought="A mill that planes and sorts oak boards and delivers each month.",
            type="BR",
        )
        finish(runs.request_run(by=factories.BENCH))


def workers_do_their_work() -> None:
    """What the queue was asked for, done as a worker does it."""
    for pk in Outbox.objects.filter(done_at=None).order_by("pk").values_list("pk", flat=True):
        outbox.deliver(pk)


def write_the_profile(ana, company):
    """A draft that names the firm is held back; mended and previewed, it goes to the second reader."""
    ana.goes_to(company.get_absolute_url()).follows("Write a profile").follows("Write it Business offer")
    ana.chooses({"Value-chain area": "Operations"}).fills(WORDS)
    ana.fills({"Summary": "Stolarnia Dąb planes oak to measure and supplies joineries within ten days."})
    ana.ticks("Supply", "Small firm of 11 to 49 people")
    ana.presses("Save").sees("The draft is saved.", "“Stolarnia Dąb” is the name of the company.")
    ana.fills({"Summary": SUMMARY}).presses("Save and preview").sees("The profile is saved.", SUMMARY)
    assert "Stolarnia" not in ana.main.locator("article").inner_text()
    ana.follows("On to the review").presses("Send to the second reader").sees("Rita Ozola reads it")


def read_it(rita):
    rita.opens_letter("as its second reader").sees(TITLE)
    assert "Stolarnia" not in rita.reads()
    for question in rita.main.locator("form fieldset").all()[:4]:
        question.get_by_label(POINTS).check()
    rita.ticks("Ready for the company's approval").presses("Send the answer").sees("Thank you.")


def approve_it(ewa, company):
    """The firm finds what waits for it on its first page, and agrees to the exact words by one tap and one tick."""
    ewa.goes_to(company_home(company)).follows("Please read your profile").sees(SUMMARY)
    ewa.ticks("We agree").presses("Yes, publish these words").sees("You approved these words")


def publish_it(ana, company):
    ana.opens_letter("You can publish it now").presses("Publish").sees("The profile is published.")
    workers_do_their_work()
    return CooperationProfile.objects.get(company=company).reference


def shortlist_the_match(ana):
    """From the published profile to what waits for a decision, to the partner's own words, and on to the shortlist."""
    ana.follows("See its partners").follows("Show only what waits for a decision")
    ana.sees("They offer what you seek.").follows("Oak stairs built to measure").sees("What the firm seeks")
    ana.page.go_back()
    ana.presses("Shortlist").sees("The partner is on the shortlist.")
    ana.follows("See the shortlist").follows("Introduce").sees("Introduce Stolarnia Dąb")


def begin_the_introduction(ana):
    """A text that is too short is kept and named; the company is asked when all three are long enough."""
    ana.presses("Begin the introduction")
    ana.fills({"Who the company is": "Too short.", "What interests it": INTEREST})
    ana.fills({"What it would like to know": QUESTION}).presses("Save the texts")
    ana.sees("Write at least 150 characters; these are 10.").follows("Write the texts")
    assert ana.page.get_by_label("Who the company is").input_value() == "Too short."
    assert ana.page.get_by_label("What interests it").input_value() == INTEREST.strip()
    ana.fills({"Who the company is": PRESENTATION}).presses("Save the texts")
    ana.presses("Put the texts to the company").sees("Stolarnia Dąb reads the texts and answers.")
    return Introduction.objects.get()


def send_it(ana, ewa, company):
    ewa.goes_to(company_home(company)).follows("Your broker would like to introduce").sees(INTEREST.strip())
    ewa.ticks("Yes, we agree to all of this").presses("Agree").sees("You agreed. Your broker sends it")
    ana.opens_letter("You can send it").presses("Send to the other broker").sees("The introduction is sent.")


def put_it_to_the_other_firm(johanna):
    johanna.opens_letter("Please confirm that you have it").sees(PRESENTATION.strip(), TITLE)
    johanna.presses("Confirm that we have it").presses("Put it to our company").sees("The company is asked.")


def accept_it(aino, company):
    aino.goes_to(company_home(company)).follows("A firm abroad would like to meet").sees(TITLE)
    aino.ticks("Yes, we agree to all of this").presses("Accept the introduction")
    aino.sees("You and Stolarnia Dąb")


def company_home(company):
    return f"/mine/{company.public_id}/"


def pages_about(introduction, company=None):
    """Where somebody would look for the partner: the pages of brokers, or those of one firm."""
    if company is None:
        return [
            f"/introductions/{introduction.public_id}/",
            "/introductions/",
            "/matches/",
            "/cooperations/",
            "/inbox/",
        ]
    home = company_home(company)
    own = f"/mine/introductions/{introduction.public_id}/"
    return [own, home, f"{home}introductions/", f"{home}partners/", "/inbox/"]


def assert_nobody_knows_the_partner(cast, introduction, mill_side, joinery_side):
    """Neither side finds the name or a contact of the other one on any page, not even its firm's own people."""
    secrets = {
        "mill": [cast.mill.name, cast.ewa.name, cast.mill_contact.email],
        "joinery": [cast.joinery.name, cast.aino.name, cast.joinery_contact.email],
    }
    for people, own, hidden in ((mill_side, cast.mill, "joinery"), (joinery_side, cast.joinery, "mill")):
        broker, firm = people
        for somebody, company in ((broker, None), (firm, own)):
            for path in pages_about(introduction, company):
                seen = somebody.reads(path)
                assert [secret for secret in secrets[hidden] if secret in seen] == [], (
                    f"{somebody.user} {path}"
                )


def assert_exactly_four_see_the_contacts(cast, four, others, introduction):
    """The two brokers and the two firms, each by a button of their own page; a colleague and a coordinator do not."""
    addresses = {cast.mill_contact.email, cast.joinery_contact.email}
    for somebody in four:
        somebody.presses("Show the contact data")
        assert any(address in somebody.reads() for address in addresses), str(somebody.user)
    for somebody in others:
        seen = somebody.reads(f"/introductions/{introduction.public_id}/")
        assert somebody.main.get_by_role("button", name="Show the contact data").count() == 0
        assert [address for address in addresses if address in seen] == []


def meet(ana, aino):
    """Three times are proposed, the other firm takes one and puts it into its calendar; afterwards come the minutes."""
    ana.opens_notice("Times for a meeting come next").follows("Propose a meeting")
    days = [f"{days_ahead(number):%Y-%m-%d}T10:00" for number in (7, 8, 9)]
    ana.fills({"Time 1": days[0], "Time 2": days[1]}).presses("Propose these times").sees(
        "There is a problem"
    )
    assert ana.page.get_by_label("Time 2").input_value() == days[1]
    ana.fills({"Time 3": days[2], "Place, or web address": "https://meet.example/oak"})
    ana.presses("Propose these times").sees("Choose one of the times that were proposed")

    aino.opens_letter("Please choose one").presses("Take this time").sees("The time is fixed.")
    with aino.page.expect_download() as waiting:
        aino.follows("Put it into my calendar")
    calendar = waiting.value.path().read_text()
    assert "BEGIN:VEVENT" in calendar
    assert "LOCATION:https://meet.example/oak" in calendar

    an_hour_ago = timezone.now() - timedelta(hours=1)
    Meeting.objects.update(starts_at=an_hour_ago)
    ana.opens_notice("is fixed").sees("Meet, and write down what came of it").follows("Write the minutes")
    ana.fills(
        {
            "Minutes": "The joinery orders a first load.",
            "What to do next": "Write down what was agreed",
            "Until": f"{days_ahead(10):%Y-%m-%d}",
        }
    )
    ana.presses("Save the minutes").sees("The joinery orders a first load.", "Write down what was agreed")


def agree(ana, ewa, aino, signe):
    """The agreement with its evidence is confirmed by both firms and validated by somebody of neither side."""
    ana.follows("Write down the agreement").chooses({"Type": "Supply"})
    ana.fills(
        {"What was agreed": "40 m3 of oak boards a month.", "Signed on": f"{timezone.localdate():%Y-%m-%d}"}
    )
    ana.presses("Save, and ask both firms").sees("Both firms are asked to confirm these words.")
    file = {"name": "agreement.pdf", "mimeType": "application/pdf", "buffer": uploads.pdf()}
    ana.page.get_by_label("File").set_input_files(file)
    ana.presses("Send the file").sees("The file is kept.", "agreement.pdf")
    for firm in (ewa, aino):
        firm.opens_letter("confirm its words").presses("Confirm these words").sees(
            "The agreement is confirmed."
        )
    signe.opens_letter("waits for somebody of neither side").sees("40 m3 of oak boards a month.")
    signe.presses("Validate the agreement").sees("The agreement counts now.")


@pytest.mark.long
def test_from_draft_to_validated_agreement(cast, meets, live_server, page):
    ana, johanna, rita, signe = (meets(who) for who in (cast.ana, cast.johanna, cast.rita, cast.signe))
    ewa, aino = meets(cast.ewa, PHONE), meets(cast.aino, PHONE)

    write_the_profile(ana, cast.mill)
    read_it(rita)
    approve_it(ewa, cast.mill)
    reference = publish_it(ana, cast.mill)
    page.goto(f"{live_server.url}/opportunities/")
    page.get_by_role("link", name=TITLE).click()
    expect(page).to_have_url(f"{live_server.url}/p/{reference}")
    assert "Stolarnia" not in page.locator("body").inner_text()

    shortlist_the_match(ana)
    introduction = begin_the_introduction(ana)
    send_it(ana, ewa, cast.mill)
    put_it_to_the_other_firm(johanna)
    assert_nobody_knows_the_partner(cast, introduction, (ana, ewa), (johanna, aino))
    accept_it(aino, cast.joinery)
    for somebody in (ana, ewa, johanna):
        somebody.opens_notice("are introduced")
    others = (meets(cast.olek), meets(cast.carla))
    assert_exactly_four_see_the_contacts(cast, (ana, ewa, johanna, aino), others, introduction)

    meet(ana, aino)
    agree(ana, ewa, aino, signe)
    for somebody in (ana, johanna, ewa, aino):
        somebody.opens_notice("counts now").sees("The agreement is validated and counts.")
    assert Agreement.objects.get().validated_by == cast.signe
    assert [one.width for one in (ewa, aino)] == [390, 390]


def test_consent_that_is_withdrawn_on_the_way_stops_it_at_once(cast, meets):
    """Firm B takes its consent back after the introduction was sent: the sender learns politely that it ended."""
    ana, aino = meets(cast.ana), meets(cast.aino, PHONE)
    boards = factories.profile(
        cast.mill, offered="Planed oak boards.", sought="A joinery that builds stairs."
    )
    introduction = introducing.introduction(boards, cast.stairs, status=IntroductionStatus.SENT)

    aino.goes_to(company_home(cast.joinery)).follows("Consents")
    aino.presses("Withdraw Publish the anonymous profile").sees("The consent is withdrawn.")

    ana.opens_notice("will not go on").sees("Withdrawn", "nothing is asked of you any more")
    seen = ana.reads()
    assert "Oak stairs" not in seen
    assert [word for word in ("Kymen", "consent", "Aino") if word in seen] == []
    assert ana.main.get_by_role("button").count() == 0
    ana.goes_to("/introductions/?show=ended").sees("a firm in Finland")
    assert ana.goes_to(f"/introductions/{introduction.public_id}/").page.url.endswith(
        f"{introduction.public_id}/"
    )
