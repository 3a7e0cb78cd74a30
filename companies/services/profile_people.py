"""Who is told about a profile: the broker of its company, the company's own people, its second reader."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import override

from companies.models import Company, CooperationProfile, ProfileReview
from companies.services.contacts import let_somebody_sign_in
from companies.services.escalations import who_decides
from companies.texts import best_text
from tibs.accounts.actor import Actor, system
from tibs.accounts.models import User
from tibs.accounts.standing_in import falls_to
from tibs.events.models import InboxItem
from tibs.events.notices import Notice
from tibs.events.services.inbox import notify, settle_all

TELLER = system("companies.profiles")
# What somebody may be asked in one round of review and approval; each is one key of the inbox.
ASKED = (
    "review", "review_reminded", "review_late", "review_stuck",
    "changes", "changes_reminded", "changes_late",
    "approval", "approval_reminded", "approval_late", "approval_nobody",
    "consent", "consent_reminded", "publish", "publishable", "publish_reminded", "publish_late",
)  # fmt: skip


def round_key(what: str, review: ProfileReview) -> str:
    """The key of what is asked for one round of reading; another one for each reader who was asked in it."""
    return f"{what}:{review.public_id}:{len(review.earlier_readers)}"


def latest_round(profile: CooperationProfile) -> ProfileReview:
    """The latest review; whoever approves or publishes a profile comes after one."""
    return profile.reviews.latest("pk")


def ends_key(profile: CooperationProfile) -> str:
    """The key of what is told about the coming end; another one after a renewal."""
    return f"profile_ends:{profile.public_id}:{profile.expires_at:%Y%m%d}" if profile.expires_at else ""


def own_ends_key(profile: CooperationProfile) -> str:
    """The same for what the company's own people are told."""
    return f"own_{ends_key(profile)}"


def hidden_key(profile: CooperationProfile, consent: str) -> str:
    """The key of what is told when a published profile lost its consent; another one for each consent."""
    return f"hidden:{profile.public_id}:{consent}"


def settle_hidden(profile: CooperationProfile, now: datetime) -> None:
    """It is shown again, or does not count as published any more."""
    waiting = InboxItem.objects.filter(key__startswith=hidden_key(profile, ""), done_at=None)
    waiting.update(done_at=now)


def settle_end(profile: CooperationProfile, now: datetime) -> None:
    """It ended, or was taken back before: neither its end nor its consent waits for anybody."""
    settle_coming_end(profile, now)
    settle_hidden(profile, now)


def settle_coming_end(profile: CooperationProfile, now: datetime) -> None:
    """The end that was told to the broker and the company comes no more, or came."""
    settle_all(keys=[ends_key(profile), own_ends_key(profile)], now=now)


def settle_round(profile: CooperationProfile, now: datetime, *asked: str) -> None:
    """What was asked for the latest round of reading waits no longer; everything, unless `asked` names some."""
    latest = profile.reviews.order_by("-pk").first()
    if latest:
        settle_all(keys=[round_key(what, latest) for what in asked or ASKED], now=now)


def title_for(profile: CooperationProfile, language: str) -> str:
    """The title that a reader of that language sees; the reference or the id where nothing is written yet."""
    text = best_text(profile, "title", language)
    return text.title if text else str(profile)


def tell_broker(
    notice: Notice,
    profile: CooperationProfile,
    *,
    key: str,
    day: datetime | None = None,
    missing: Sequence[str | Promise] = (),
) -> None:
    """Tell whoever serves the company; its coordinators where nobody does."""
    owner = profile.company.owner
    people = [owner] if owner and owner.is_active else list(who_decides(profile.company))
    tell_people(notice, profile, people, key=key, day=day, missing=missing)


def tell_people(
    notice: Notice,
    profile: CooperationProfile,
    people: Iterable[User],
    *,
    key: str,
    url: str = "",
    day: datetime | None = None,
    missing: Sequence[str | Promise] = (),
) -> None:
    """Tell people who may know the company's name; the page of the profile's publication is for its brokers.

    `missing` are sentences for notices that say what is to be done first.
    """
    company: Company = profile.company
    for person in people:
        values = {"title": title_for(profile, person.language), "company": company.name}
        notify(
            notice,
            to=person,
            url=url or reverse("profile_publication", args=[profile.public_id]),
            key=key,
            values=values
            | ({"day": _written(day, person.language)} if day else {})
            | ({"missing": _in_words(missing, person.language)} if missing else {}),
            company_id=company.public_id,
        )


def tell_company(
    notice: Notice,
    profile: CooperationProfile,
    *,
    key: str,
    url: str = "",
    day: datetime | None = None,
) -> list[User]:
    """Tell everybody of the company who can sign in."""
    accounts = profile.company.contacts.filter(user__is_active=True).values("user")
    people = list(User.objects.filter(pk__in=accounts).order_by("pk"))
    own = url or reverse("own_profile", args=[profile.public_id])
    tell_people(notice, profile, people, key=key, url=own, day=day)
    return people


def ask_company(notice: Notice, profile: CooperationProfile, *, key: str, url: str = "") -> list[User]:
    """Ask the company's people for something; the main contact gets an account where nobody can sign in yet."""
    let_somebody_sign_in(company=profile.company, by=TELLER)
    return tell_company(notice, profile, key=key, url=url)


def tell_reader(notice: Notice, review: ProfileReview, *, what: str, reader: User | None = None) -> None:
    """Tell the second reader, or a former one, who learns the title and the country and never the company."""
    profile, reader = review.profile, reader or review.reader
    with override(reader.language):
        country = str(profile.company.country.name)
    notify(
        notice,
        to=reader,
        url=reverse("review", args=[review.public_id]),
        key=round_key(what, review),
        values={"title": title_for(profile, reader.language), "country": country},
    )


def was_asked_to_read(actor: Actor, public_id: str) -> bool:
    """Whether a review was the actor's before it went to somebody else or ended, or that of somebody for whom the
    actor stands in. The row may be gone by now; the inbox keeps who was asked."""
    if not actor.is_person:
        return False
    theirs = falls_to(actor, "user")
    return InboxItem.objects.filter(theirs, key__startswith=f"review:{public_id}:").exists()


def _in_words(sentences: Sequence[str | Promise], language: str) -> str:
    with override(language):
        return " ".join(str(sentence) for sentence in sentences)


def _written(day: datetime, language: str) -> str:
    with override(language):
        return date_format(localtime(day), "DATE_FORMAT")
