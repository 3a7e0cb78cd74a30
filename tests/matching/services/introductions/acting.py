"""The four people of an introduction, and every act as one line."""

from dataclasses import dataclass

from companies.choices import InterestStatus
from companies.models import Company, CooperationProfile, ExpressionOfInterest
from matching.handshake import Act
from matching.models import Introduction
from matching.services.introductions import deciding, meeting, pausing, sending, writing
from matching.services.introductions.grounds import words_hash
from matching.services.introductions.starting import start_from_match
from tests import factories, introducing
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.events.models import InboxItem

TEXTS = dict.fromkeys(("presentation", "interest", "question"), introducing.STATEMENT)


@dataclass
class Cast:
    """A Polish sender and a Finnish receiver."""

    sender: CooperationProfile
    receiver: CooperationProfile
    sender_person: User
    receiver_person: User

    @property
    def sender_broker(self) -> User:
        assert self.sender.company.owner
        return self.sender.company.owner

    @property
    def receiver_broker(self) -> User:
        assert self.receiver.company.owner
        return self.receiver.company.owner

    def actor(self, who: str) -> Actor:
        return factories.actor(getattr(self, who))


def cast() -> Cast:
    first, sender = introducing.side("PL", "Stolarnia Dąb")
    second, receiver = introducing.side("FI", "Kymen Saha Oy", offered="We saw oak.")
    return Cast(sender, receiver, _person(first), _person(second))


def _person(company: Company) -> User:
    user = company.contacts.get().user
    assert user
    return user


def begun(people: Cast) -> Introduction:
    """A draft that holds three whole texts."""
    match = factories.match(people.sender, people.receiver)
    by = people.actor("sender_broker")
    draft = start_from_match(match=match, profile=people.sender, by=by)
    return writing.write_texts(introduction=draft, texts=TEXTS, language="en", version=draft.version, by=by)


def act(introduction: Introduction, what: Act, people: Cast, who: str = "", **values) -> Introduction:
    """Do one act as whoever usually does it, or as `who`."""
    introduction.refresh_from_db()
    usual, service = USUALLY[what]
    given = {"shown_hash": words_hash(introduction), "language": "en"} if what in AGREEING else {}
    by = people.actor(who or usual)
    return service(introduction=introduction, by=by, **given, **values)


AGREEING = {Act.AGREE, Act.ACCEPT}
USUALLY = {
    Act.ASK: ("sender_broker", writing.ask_company),
    Act.AGREE: ("sender_person", deciding.agree),
    Act.SEND: ("sender_broker", sending.send),
    Act.ACKNOWLEDGE: ("receiver_broker", sending.acknowledge),
    Act.PUT: ("receiver_broker", sending.put_to_company),
    Act.ACCEPT: ("receiver_person", deciding.accept),
    Act.INTRODUCE: ("sender_broker", meeting.complete),
    Act.FEEDBACK: ("receiver_broker", meeting.give_feedback),
    Act.DECLINE: ("receiver_broker", deciding.decline),
    Act.WITHDRAW: ("sender_broker", sending.withdraw),
    Act.TAKE_BACK: ("sender_person", deciding.take_back),
    Act.HOLD: ("sender_broker", pausing.hold),
    Act.RESUME: ("sender_broker", pausing.resume),
}
WAY = (Act.ASK, Act.AGREE, Act.SEND, Act.ACKNOWLEDGE, Act.PUT, Act.ACCEPT)


def led_to(last: Act, people: Cast) -> Introduction:
    """An introduction in which everybody did their part up to that act."""
    introduction = begun(people)
    for what in WAY[: WAY.index(last) + 1]:
        introduction = act(introduction, what, people)
    return introduction


def receivers_heard(people: Cast) -> set[str]:
    """What the receiving side was told; that its own profile is published is its own news, told before."""
    told = InboxItem.objects.filter(user__in=[people.receiver_broker, people.receiver_person])
    return set(told.exclude(notice="companies.profile.published").values_list("notice", flat=True))


def interest_of(people: Cast, visitor: Company) -> ExpressionOfInterest:
    """A visitor's confirmed interest in the receiver's profile, which waits for the broker of the visitor's firm."""
    return ExpressionOfInterest.objects.create(
        profile=people.receiver,
        status=InterestStatus.ROUTED,
        company=visitor,
        country=visitor.country,
        language="en",
        form_token="t" * 20,
        expires_at=visitor.created_at,
        **TEXTS,
    )
