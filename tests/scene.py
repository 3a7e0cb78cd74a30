"""The world in which every route is visited: two organisations and who belongs to them, one thing of each kind.

Everything that a route can take belongs to the first organisation, so that `broker` visits what is their own and
`other_broker` what is foreign.
"""

from datetime import timedelta
from functools import reduce

from allauth.mfa.models import Authenticator
from django.utils import timezone

from brokers.models import ApiClient, HostOrganisation
from companies.assessments.sheets import Answer as SheetAnswer
from companies.catalogue.search import Search
from companies.choices import BulkKind, Frequency, ListPlace, ProfileStatus, RegistrationStatus
from companies.models import (
    ActionStep,
    Answer,
    Assessment,
    BulkChange,
    Company,
    CooperationProfile,
    ExpressionOfInterest,
    ProfileReview,
    Registration,
    SavedSearch,
    SavedView,
)
from companies.services.assessments.answering import Given, answer_items
from companies.services.assessments.completing import complete_assessment
from companies.services.assessments.starting import (
    describe_firm,
    repeat_assessment,
    start_assessment,
    start_public_assessment,
)
from companies.services.assessments.steps import add_step
from companies.services.merging.merges import merge_companies
from companies.services.saved_searches import save_search
from companies.services.saved_views import save_view
from companies.uploads.checking import CheckedFile
from matching.choices import Choice, IntroductionStatus
from matching.models import Block, Cooperation, Match, ViewRequest
from matching.services.cooperations import open_cooperation
from matching.services.decisions import Verdict, decide
from matching.services.evidence import attach_evidence
from matching.services.opinions import ask_view
from matching.services.strategies import ask_for_signatures
from tests import cooperating, factories, introducing
from tests.companies.assessments.sheets import V1, as_given, firm, golden
from tests.publishing import read
from tibs.accounts.actor import VISITOR
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode
from tibs.entrance.services.devices import give_app
from tibs.events.models import InboxItem, NoticeKind
from tibs.events.unsubscribing import unsubscribe_path
from tibs.figures import UNCONFIRMED_REGISTRATION_LIFE

PEOPLE = (
    "visitor",
    "sme",
    "other_sme",
    "broker",
    "colleague",
    "neighbour",
    "other_broker",
    "coordinator",
    "other_coordinator",
    "staff",
    "analyst",
    "administrator",
)


class Scene:
    """People by the names of PEOPLE (None for the visitor), and things by the names used in `routes.toml`."""

    def __init__(self) -> None:
        self.host = factories.host("PL")
        self.other_host = factories.host("FI")
        self.people = self._cast()
        self.company = self._company("Stolarnia Dąb", self.host, self.people["sme"])
        self.other_company = self._company("Kymen Saha Oy", self.other_host, self.people["other_sme"])
        self.profile = factories.profile(self.company)
        self.unwritten, self.profile_kind = factories.draft(self.company), "BO"
        self.profile_part, self.other_language = "summary", "pl"
        self.other_profile = factories.profile(self.other_company, offered="We saw oak.")
        self.run = factories.match_run()
        self.match = self._match(self.other_profile)
        self._introduce()
        self.contact = self.company.contacts.get()
        self.planned = self._planned()
        self.assessed = self.planned.plan.assessment
        self.assessment = repeat_assessment(assessment=self.assessed, by=factories.BENCH)
        self.part, self.area = "firm", "PRC"
        self.visitors, self.visitors_token = self._visitors()
        self.lead = factories.company("Nowy Trop", host=self.host)
        self.unmatched = self._company("Cichy Tartak", self.host, None)
        self.entry = factories.interaction(self.company)
        self.step = factories.next_step(self.company)
        self.problem_code, self.act = "not_found", "hold"
        self.section, self.token = "about", "nonsense"
        self.held = self._held_registration()
        self.device = self._device(self.people["broker"])
        self.broker_user = self.people["broker"]
        self.invitation_token, self.invitation = factories.invitation(self.host)
        self.site = factories.site()
        self.site_key = factories.api_key(self.site).split("_")[2]
        self.training = factories.training(self.people["broker"])
        self.change = self._change()
        self.view = self._view("Late ones")
        self.unsubscribe_token = unsubscribe_path(self.people["sme"], "leads").split("/")[-2]
        self.search = self._search("broker")
        self.review = self._review()
        self._make_twins()
        self._make_cooperations()

    def _cast(self) -> dict[str, User | None]:
        """All of PEOPLE: `colleague` works beside `broker`, `neighbour` for another organisation of that country."""
        neighbours = factories.host("PL", short_name="Neighbours")
        coordinator, at_home, abroad = RoleCode.COORDINATOR, self.host, self.other_host
        return {
            "visitor": None,
            "sme": factories.person("Ewa Lis", language="pl"),
            "other_sme": factories.person("Aino Salo", language="fi"),
            "broker": factories.broker("Aleksandra Nowak", organisation=at_home).membership.user,
            "colleague": factories.broker("Basia Lis", organisation=at_home).membership.user,
            "neighbour": factories.broker("Nela Zając", organisation=neighbours).membership.user,
            "other_broker": factories.broker("Johanna Virtanen", organisation=abroad).membership.user,
            "coordinator": factories.person("Celina Wilk", role=coordinator, organisation=at_home),
            "other_coordinator": factories.person("Olli Mäki", role=coordinator, organisation=abroad),
            "staff": factories.person("Signe Holm", role=RoleCode.STAFF),
            "analyst": factories.person("Kati Lepik", role=RoleCode.ANALYST),
            "administrator": factories.person("Ott Tamm", role=RoleCode.ADMINISTRATOR),
        }

    def _introduce(self) -> None:
        """Introductions of the company; firms that are introduced wait for no review, so another one does."""
        self.introduction = introducing.introduction(
            self.profile, self.other_profile, status=IntroductionStatus.WITH_PARTNER
        )
        self.introduced = introducing.introduction(
            self.profile, self.other_profile, status=IntroductionStatus.INTRODUCED
        )
        drafted = factories.profile(self._company("Luonnos Oy", self.other_host, None))
        self.draft = introducing.introduction(self.profile, drafted)
        self.interest = self._interest(0)
        self.waiting_match = self._match(factories.profile(self._company("Koivu Oy", self.other_host, None)))
        self.view_request = self._view_request()

    def _broker(self) -> User:
        broker = self.people["broker"]
        assert broker
        return broker

    def _view_request(self) -> ViewRequest:
        """The broker asks the one abroad what they think of the match."""
        asked = self.people["other_broker"]
        assert asked
        return ask_view(
            match=self.waiting_match,
            profile=self.profile,
            asked=asked,
            question="Would they deliver?",
            by=factories.actor(self._broker()),
        )

    def _make_twins(self) -> None:
        """Two entries that look like `company`, one of which was merged into the other; and a blocked firm."""
        refused = self._company("Torjuttu Oy", self.other_host, None)
        self.block = Block.objects.create(company=self.company, other=refused)
        self.twin = factories.company("Stolarnia Dąb bis", host=self.host)
        self.merge = merge_companies(
            kept=self.twin, absorbed=factories.company("Stolarnia Dab", host=self.host), by=factories.BENCH
        )

    def _make_cooperations(self) -> None:
        """`cooperation` has a meeting and an agreement that waits for a third party; another one, whose agreement
        counts, waits for `follow_up`; and the firms of the first plan a strategy together."""
        self.cooperation = self._cooperation(self.other_profile)
        first = cooperating.pair_of(self.cooperation)
        self.meeting = cooperating.meeting(first, fixed=True)
        self.agreement = cooperating.agreement(first)
        file = CheckedFile(b"%PDF-1.7", "application/pdf", "umowa.pdf")
        self.agreement = attach_evidence(agreement=self.agreement, file=file, by=first.ana)
        cooperating.state(first, self.agreement)
        partner = self._company("Salon Sahat Oy", self.other_host, factories.person("Veli Maa"))
        second = cooperating.pair_of(self._cooperation(factories.profile(partner)))
        cooperating.agreement(second, validated=True, signed_date=timezone.localdate() - timedelta(days=200))
        self.follow_up = self.company.follow_ups.order_by("due_date")[0]
        self.strategy = cooperating.strategy(first)
        ask_for_signatures(strategy=self.strategy, by=first.ana)

    def _cooperation(self, partner: CooperationProfile) -> Cooperation:
        made = introducing.introduction(self.profile, partner, status=IntroductionStatus.INTRODUCED)
        return open_cooperation(made, factories.BENCH)

    def _add_cooperations(self, position: int) -> None:
        partner = self._company(
            f"Partner {position} Oy", self.other_host, factories.person(f"Ari{position} Maa")
        )
        made = cooperating.pair_of(self._cooperation(factories.profile(partner)))
        cooperating.agreement(made, stated=True)

    def _add_strategies(self, position: int) -> None:
        cooperating.strategy(cooperating.pair_of(self.cooperation), title=f"Plan {position}")

    def value(self, path: str) -> object:
        """The value at a dotted path, such as `company.public_id`."""
        return reduce(getattr, path.split("."), self)

    def add(self, things: str, number: int) -> None:
        """Add `number` more rows of a kind that some list shows."""
        for position in range(number):
            getattr(self, f"_add_{things}")(position)

    def _add_companies(self, position: int) -> None:
        """Each with a profile, so that lists that show profiles grow too."""
        host = self.host if position % 2 else self.other_host
        factories.profile(self._company(f"Firma {position}", host, None))

    def _add_matches(self, position: int) -> None:
        partner = self._company(f"Yritys {position}", self.other_host, None)
        self._match(factories.profile(partner))

    def _planned(self) -> ActionStep:
        """A step of the plan after the second assessment of the company; one of two blocking barriers has a step."""
        broker = factories.actor(self._broker())
        made = start_assessment(company=self.company, by=broker)
        describe_firm(assessment=made, stage="active", sector="making", by=broker)
        answers = [*firm(3), *golden(), SheetAnswer("PRC", "B_FREIGHT", 4), SheetAnswer("PRC", "B_TRUST", 4)]
        answer_items(assessment=made, rater="broker", given=as_given(answers), by=broker)
        first = self._complete(made)
        second = self._complete(repeat_assessment(assessment=first, by=broker))
        add_step(assessment=second, what="Ask three carriers", barrier="B_FREIGHT", by=broker)
        return add_step(assessment=second, what="Translate the catalogue", by=broker)

    def _visitors(self) -> tuple[Assessment, str]:
        """What the visitor answered in a self-assessment, and the token of its link."""
        made, token = start_public_assessment(language="en", by=VISITOR)
        describe_firm(assessment=made, stage="active", sector="making", by=VISITOR)
        given = [
            Given("PRC", item, value) for item, value in zip(V1.quick_items, (4, 4, 3, 3, 1), strict=True)
        ]
        answer_items(assessment=made, rater="self", given=given, by=VISITOR)
        return made, token

    def _complete(self, made: Assessment) -> Assessment:
        by = factories.actor(self._broker())
        return complete_assessment(assessment=made, chosen_area="PRC", reason="Agreed on the visit.", by=by)

    def _add_assessments(self, position: int) -> None:
        """Completed ones, with an answer each."""
        company = self._company(f"Firma z oceną {position}", self.host, None)
        made = start_assessment(company=company, by=factories.BENCH)
        Answer.objects.create(
            assessment=made, rater="broker", item="FC1", value=position % 5, answered_at=timezone.now()
        )
        Assessment.objects.filter(pk=made.pk).update(completed_at=timezone.now(), recommended_area="PRC")

    def _add_decisions(self, position: int) -> None:
        """Matches of `profile` that its side shortlisted."""
        self._add_matches(position)
        decide(
            match=Match.objects.latest("pk"),
            profile=self.profile,
            verdict=Verdict(Choice.SHORTLISTED),
            by=factories.actor(self._broker()),
        )

    def _add_domains(self, position: int) -> None:
        factories.domain(f"D{chr(ord('A') + position)}")

    def _add_hosts(self, position: int) -> None:
        factories.host("PL", city=f"Miasto {position}")

    def _add_sites(self, position: int) -> None:
        factories.site(f"Site {ApiClient.objects.count()}", organisation=self.host)

    def _add_people(self, position: int) -> None:
        factories.person(f"Kai{position} Saar", role=RoleCode.STAFF)

    def _add_brokers(self, position: int) -> None:
        factories.broker(f"Jan{position} Kos", organisation=self.host)

    def _add_notices(self, position: int) -> None:
        """For everybody: some about a company, some that wait."""
        for person in filter(None, self.people.values()):
            InboxItem.objects.create(
                user=person,
                key=f"note:{position}:{InboxItem.objects.count()}",
                notice="tests.noted",
                kind=NoticeKind.LEADS,
                url="/",
                company_id=self.company.public_id,
                waits=bool(position % 2),
            )

    def _add_views(self, _position: int) -> None:
        self._view(f"View {SavedView.objects.count()}")

    def _add_searches(self, _position: int) -> None:
        """Of whoever visits the list first."""
        self._search("sme")

    def _search(self, person: str) -> SavedSearch:
        by = factories.actor(self.people[person])
        return save_search(search=Search(q="oak"), name="oak", frequency=Frequency.WEEKLY, by=by)

    def _add_interests(self, position: int) -> None:
        self._interest(position + ExpressionOfInterest.objects.count())

    def _interest(self, number: int) -> ExpressionOfInterest:
        """A confirmed interest of `company` in the profile of the other one."""
        return factories.interest(self.other_profile, company=self.company, form_token=f"scene {number}")

    def _add_reviews(self, _position: int) -> None:
        """One to read and one that was read, of the first organisation's profiles, by a broker of the second."""
        self._review()
        review = read(factories.draft(self.company))
        ProfileReview.objects.filter(pk=review.pk).update(reader=self.people["other_broker"])

    def _add_profiles(self, _position: int) -> None:
        factories.draft(self.company)

    def _review(self) -> ProfileReview:
        """The second organisation's broker is asked to read a profile of the first one's."""
        now, profile = timezone.now(), factories.draft(self.company)
        profile.status = ProfileStatus.IN_REVIEW
        profile.save()
        reader = self.people["other_broker"]
        return ProfileReview.objects.create(profile=profile, reader=reader, asked_at=now, due_at=now)

    def _change(self) -> BulkChange:
        states = {self.company.public_id: {"step": None, "at": ""}}
        broker = self.people["broker"]
        return BulkChange.objects.create(kind=BulkKind.NEXT_STEP, made_by=broker, before=states, after=states)

    def _view(self, name: str) -> SavedView:
        by = factories.actor(self.people["broker"])
        return save_view(name=name, place=ListPlace.COMPANIES, query="step=overdue", by=by)

    def _device(self, user: User | None) -> Authenticator:
        """The authenticator app of that person."""
        assert user
        give_app(user=user, secret="TIBSTESTTIBSTESTTIBSTESTTIBSTEST", by=factories.BENCH)
        return Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)

    def _company(self, name: str, host: HostOrganisation, contact: User | None) -> Company:
        """A company of that host, served by its broker, with a person to talk to."""
        owner = self.people["broker" if host == self.host else "other_broker"]
        company = factories.company(name, host=host, owner=owner)
        factories.contact(company, user=contact)
        return company

    def _held_registration(self) -> Registration:
        """A registration from the first organisation's country that a person must look at."""
        now = timezone.now()
        return Registration.objects.create(
            form_token="scene",
            status=RegistrationStatus.HELD,
            email="jan@tartak.example",
            answers={
                "about": {"name": "Jan Kos", "email": "jan@tartak.example"},
                "company": {"name": "Tartak", "country": "PL"},
                "wishes": {"needs": "Oak."},
            },
            sent_at=now,
            expires_at=now + UNCONFIRMED_REGISTRATION_LIFE,
        )

    def _add_introductions(self, position: int) -> None:
        partner = factories.profile(self._company(f"Toimija {position}", self.other_host, None))
        introducing.introduction(self.profile, partner, owner=self.people["broker"])

    def _match(self, partner: CooperationProfile) -> Match:
        """A current pair of `profile` with a partner."""
        return factories.match(self.profile, partner, run=self.run)
