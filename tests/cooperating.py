"""Cooperations in any state, made by the services: a Polish sender and a Finnish receiver with their people."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from companies.models import Company
from matching.choices import AgreementType, IntroductionStatus
from matching.models import Agreement, Cooperation, JointStrategy, Meeting
from matching.services.agreements import state_agreement, validate_agreement, write_agreement
from matching.services.cooperations import Step, open_cooperation
from matching.services.meetings import Proposal, propose_meeting, take_slot
from matching.services.strategies import add_activity, draft_strategy
from matching.services.strategy_answers import sign_strategy
from matching.strategy_words import words_hash
from tests import factories
from tests.introducing import introduction, side
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode


@dataclass(frozen=True)
class Pair:
    """Two firms that were introduced, with the actors of both sides."""

    cooperation: Cooperation
    polish: Company
    finnish: Company
    ana: Actor  # broker of the Polish firm
    jan: Actor  # of the Polish firm
    johanna: Actor  # broker of the Finnish firm
    aino: Actor  # of the Finnish firm

    @property
    def brokers(self) -> tuple[User, User]:
        given = self.cooperation.introduction
        return given.sender_broker, given.receiver_broker


def pair() -> Pair:
    """A new cooperation; its owner is the Polish broker."""
    _polish, offers = side("PL", "Stolarnia Dąb")
    _finnish, seeks = side("FI", "Kymen Saha Oy")
    made = introduction(offers, seeks, status=IntroductionStatus.INTRODUCED)
    return pair_of(open_cooperation(made, factories.BENCH))


def pair_of(cooperation: Cooperation) -> Pair:
    polish, finnish = cooperation.introduction.sender_company, cooperation.introduction.receiver_company
    ana, johanna = cooperation.introduction.sender_broker, cooperation.introduction.receiver_broker
    people = [company.contacts.get().user for company in (polish, finnish)]
    jan, aino = (factories.actor(user) for user in people if user)
    return Pair(cooperation, polish, finnish, factories.actor(ana), jan, factories.actor(johanna), aino)


def days_ahead(number: int, hour: int = 9) -> datetime:
    moment = timezone.now() + timedelta(days=number)
    return moment.replace(hour=hour, minute=0, second=0, microsecond=0)


def proposal(**values: Any) -> Proposal:
    given = {"slots": [days_ahead(number) for number in (7, 8, 9)], "minutes_long": 60, "place": "Video"}
    return Proposal(**(given | values))


def meeting(made: Pair, *, fixed: bool = False) -> Meeting:
    """A meeting whose times the Polish broker proposed, or of which the Finnish firm took the first."""
    proposed = propose_meeting(cooperation=made.cooperation, proposal=proposal(), by=made.ana)
    return take_slot(meeting=proposed, moment=proposed.slots[0], by=made.aino) if fixed else proposed


def begun(fixed: Meeting) -> Meeting:
    """A meeting that was to begin yesterday."""
    Meeting.objects.filter(pk=fixed.pk).update(starts_at=days_ahead(-1))
    return fixed


def step(made: Pair, what: str = "Send the samples") -> Step:
    return Step(what, timezone.localdate() + timedelta(days=7), made.brokers[1])


def agreed_values(**values: Any) -> dict[str, Any]:
    return {
        "type": AgreementType.SUPPLY,
        "subject": "Dried oak boards, 40 cubic metres a month.",
        "benefit": "Steady supply on one side, a steady buyer on the other.",
        "areas": ["INB", "OPS"],
        "signed_date": date(2026, 3, 31),
        "value_band": "to_250k",
    } | values


def agreement(made: Pair, *, stated: bool = False, validated: bool = False, **values: Any) -> Agreement:
    """An agreement that is written, or confirmed by both firms, or counts."""
    written = write_agreement(cooperation=made.cooperation, values=agreed_values(**values), by=made.ana)
    if stated or validated:
        state(made, written)
    if validated:
        written = validate_agreement(agreement=written, by=third_party())
    return Agreement.objects.get(pk=written.pk)


def state(made: Pair, written: Agreement) -> None:
    """Both firms confirm the words as they stand."""
    for company, by in ((made.polish, made.jan), (made.finnish, made.aino)):
        state_agreement(
            agreement=written, company=company, signer=by.name, shown_hash=written.text_hash, by=by
        )


def strategy(made: Pair, *, signed: bool = False, **values: Any) -> JointStrategy:
    """A draft of both firms, led by the Polish broker; both sign it where that is said."""
    given = {
        "title": "Oak without waste",
        "domain": factories.domain(),
        "goal": "Use every part of the oak that both firms saw and plane.",
        "risks": "Prices of energy.",
    } | values
    draft = draft_strategy(values=given, companies=[made.polish, made.finnish], by=made.ana)
    member = draft.members.get(company=made.polish)
    add_activity(strategy=draft, what="Dry the first load together", responsible=member, by=made.ana)
    if signed:
        sign_all(made, draft)
    return JointStrategy.objects.get(pk=draft.pk)


def sign_all(made: Pair, draft: JointStrategy) -> None:
    shown = words_hash(JointStrategy.objects.get(pk=draft.pk))
    for company, by in ((made.polish, made.jan), (made.finnish, made.aino)):
        sign_strategy(strategy=draft, company=company, signer=by.name, shown_hash=shown, by=by)


def third_party() -> Actor:
    """Project staff, who belong to neither side."""
    return factories.actor(factories.person("Signe Holm", role=RoleCode.STAFF))
