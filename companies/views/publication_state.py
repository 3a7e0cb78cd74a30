"""What the page of a profile's publication shows: where it stands, what is missing, what can be done."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brokers.wording import reason_sentences
from companies.calls import why_over
from companies.choices import Basis, ProfileStatus
from companies.models import CooperationProfile, ProfileApproval, ProfileReview
from companies.profile_findings import Remark, remarks_of
from companies.profile_stages import Act, Guard, acts_in, move_of
from companies.services.profile_checks import blockers_of, giveaways_of
from companies.services.profile_moves import REFUSALS, is_approved, unmet
from companies.services.publishable import why_hidden
from companies.services.publishing import similar_profiles
from companies.services.reviews import PARTS, verdict_of
from companies.texts import best_text, original_text
from companies.views.publication_words import BUTTONS, HIDDEN, MET, VERDICTS
from tibs.accounts.models import User
from tibs.events.dispatch import wiring

WAY = (
    (ProfileStatus.DRAFT, _("Written")),
    (ProfileStatus.IN_REVIEW, _("Read by a broker of another country")),
    (ProfileStatus.COMPANY_APPROVAL, _("Approved by the company")),
    (ProfileStatus.PUBLISHED, _("Published")),
)
AT_STEP = {
    ProfileStatus.DRAFT: 0,
    ProfileStatus.CHANGES_REQUESTED: 0,
    ProfileStatus.IN_REVIEW: 1,
    ProfileStatus.COMPANY_APPROVAL: 2,
    ProfileStatus.PUBLISHED: 4,
    ProfileStatus.EXPIRED: 4,
}

# What can be done, in the order of its buttons, and what is missing for it.
type Missing = dict[Act, list[Guard]]

# Where a part of the checks is several fields of the editor, the first of them.
FIRST_FIELDS = {"call": "call_programme"}


@dataclass(frozen=True)
class Step:
    """A step on the way, for the component of steps."""

    label: str | Promise
    is_done: bool
    is_current: bool
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Check:
    """A condition of the publication, whether it is met, and where it can be met."""

    sentence: str | Promise
    is_met: bool
    url: str = ""
    label: str = ""


@dataclass(frozen=True)
class Possible:
    """Something that the broker can do now, or only after `obstacle` is out of the way; what ends a publication asks
    once more."""

    act: Act
    label: str | Promise
    obstacle: str | Promise
    is_main: bool
    asks: bool


@dataclass(frozen=True)
class ToMend:
    """What the automatic check found, and the place where it is mended; '' while nothing can be written there."""

    remark: Remark
    url: str


@dataclass(frozen=True)
class Read:
    """A review with its points in words; `reasons` say why the reader was chosen."""

    review: ProfileReview
    verdict: str
    reasons: list[str]


@dataclass(frozen=True)
class Publication:
    """Everything on the page. `over` says that its call for proposals takes no interest any more,
    `hidden` why a published profile is not shown, with a link. `open_review` is there
    while somebody reads. `ending` counts the introductions that end when the profile goes."""

    profile: CooperationProfile
    title: str
    over: str
    hidden: str | Promise
    hidden_url: str
    hidden_label: str
    steps: list[Step]
    checks: list[Check]
    to_mend: list[ToMend]
    possible: list[Possible]
    ending: int
    open_review: Read | None
    reviews: list[Read]
    approvals: list[tuple[ProfileApproval, str]]
    similar: list[tuple[CooperationProfile, str]]


def publication_of(profile: CooperationProfile, language: str, now: datetime) -> Publication:
    """The state of a profile read with its texts."""
    hidden, missing = why_hidden(profile, now), _missing(profile, now)
    possible = _possible(profile, missing)
    reviews = [_read(review) for review in profile.reviews.select_related("reader").order_by("-pk")[:10]]
    return Publication(
        profile=profile,
        title=title_of(profile, language),
        over=why_over(profile, now),
        hidden=HIDDEN[hidden] if hidden else "",
        hidden_url=_place_of_consents(profile) if hidden == Guard.CONSENTED else "",
        hidden_label=gettext("Look at the consents"),
        steps=_steps(profile, now),
        checks=_checks(profile, missing),
        to_mend=_to_mend(profile, missing),
        possible=possible,
        ending=_ending(profile) if any(one.asks for one in possible) else 0,
        open_review=next((read for read in reviews if read.review.decided_at is None), None),
        reviews=[read for read in reviews if read.review.decided_at],
        approvals=_approvals(profile),
        similar=[(other, title_of(other, language)) for other in _similar(profile)],
    )


def _place_of_consents(profile: CooperationProfile) -> str:
    return reverse("company_consents", args=[profile.company.public_id])


def title_of(profile: CooperationProfile, language: str) -> str:
    text = best_text(profile, "title", language)
    return text.title if text else gettext("Profile without a title")


def to_mend_of(profile: CooperationProfile, remarks: list[Remark]) -> list[ToMend]:
    """Of the remarks those that block, each with its place."""
    original = original_text(profile).language
    return [ToMend(remark, _place_of(remark, profile, original)) for remark in remarks if remark.blocks]


def take_back_url(profile: CooperationProfile) -> str:
    """Where a profile is taken back that cannot be written on as it stands; '' where it can, or never will."""
    may_return = profile.basis == Basis.APPROVED and Act.TAKE_BACK in acts_in(profile.status)
    return reverse("profile_publication", args=[profile.public_id]) if may_return else ""


def changes_wished(profile: CooperationProfile) -> str:
    """The words of whoever asked for changes last, the second reader or the company; '' where nobody waits for any."""
    if profile.status != ProfileStatus.CHANGES_REQUESTED:
        return ""
    read = profile.reviews.exclude(decided_at=None).order_by("-decided_at", "-pk").first()
    answer = profile.approvals.order_by("-pk").first()
    if (
        answer
        and not answer.is_approved
        and (read is None or (read.decided_at and answer.at >= read.decided_at))
    ):
        return answer.comment
    return read.comment if read else ""


def _read(review: ProfileReview) -> Read:
    if review.decided_at is None:
        return Read(review, "", reason_sentences(review.chosen_because))
    scores = {part: getattr(review, part) for part in PARTS}
    return Read(review, str(VERDICTS[verdict_of(scores)]), [])


def _steps(profile: CooperationProfile, now: datetime) -> list[Step]:
    at = AT_STEP.get(ProfileStatus(profile.status), -1)
    if profile.status == ProfileStatus.COMPANY_APPROVAL and is_approved(profile, now):
        at += 1
    return [
        Step(label, is_done=number < at, is_current=number == at)
        for number, (_status, label) in enumerate(WAY)
    ]


def _missing(profile: CooperationProfile, now: datetime) -> Missing:
    """What the broker can do in the state that the profile is in, and what is missing for it; nothing for one whose
    words no company approves."""
    if profile.basis != Basis.APPROVED:
        return {}
    acts = {act: move_of(profile.status, act) for act in BUTTONS if act in acts_in(profile.status)}
    return {act: unmet(move, profile, now) if move else [] for act, move in acts.items()}


def _checks(profile: CooperationProfile, missing: Missing) -> list[Check]:
    """While it waits for the company everything is told that is missing; else nothing is checked yet or any more."""
    if Act.PUBLISH not in missing:
        return []
    places = {Guard.CONSENTED: (_place_of_consents(profile), gettext("Look at the consents"))}
    return [
        Check(REFUSALS[guard], False, *places.get(guard, ()))
        if guard in missing[Act.PUBLISH]
        else Check(MET[guard], True)
        for guard in MET
    ]


def _to_mend(profile: CooperationProfile, missing: Missing) -> list[ToMend]:
    """What keeps the profile from being sent to a reader or published; nothing where neither can be now anyway."""
    if Guard.COMPLETE in missing.get(Act.SEND, []):
        return to_mend_of(profile, remarks_of(blockers_of(profile), profile.type))
    if Guard.NAMELESS in missing.get(Act.PUBLISH, []):
        return [ToMend(remark, "") for remark in remarks_of(giveaways_of(profile), profile.type)]
    return []


def _place_of(remark: Remark, profile: CooperationProfile, original: str) -> str:
    """The field of the editor, or of the page of the translation in which it was found or is missing."""
    if remark.field == "language":
        return reverse("profile_text", args=[profile.public_id, "en"])
    place = f"#id_{FIRST_FIELDS.get(remark.field, remark.field)}"
    if remark.language in ("", original):
        return reverse("profile_edit", args=[profile.public_id]) + place
    return reverse("profile_text", args=[profile.public_id, remark.language]) + place


def _possible(profile: CooperationProfile, missing: Missing) -> list[Possible]:
    return [_button(profile, act, guards) for act, guards in missing.items()]


def _ending(profile: CooperationProfile) -> int:
    count: int = wiring().ENDING_WITH(profile)
    return count


def _button(profile: CooperationProfile, act: Act, guards: list[Guard]) -> Possible:
    return Possible(
        act=act,
        label=BUTTONS[act],
        obstacle=REFUSALS[guards[0]] if guards else "",
        is_main=act in {Act.SEND, Act.PUBLISH, Act.RENEW},
        asks=act == Act.WITHDRAW or (act == Act.TAKE_BACK and profile.status == ProfileStatus.PUBLISHED),
    )


def _approvals(profile: CooperationProfile) -> list[tuple[ProfileApproval, str]]:
    """The answers of the company, the newest first, with the names of who gave or noted them."""
    found = list(profile.approvals.order_by("-pk")[:10])
    people = (
        User.objects.in_bulk({answer.actor_id for answer in found}, field_name="public_id") if found else {}
    )
    return [(answer, people[answer.actor_id].name if answer.actor_id in people else "") for answer in found]


def _similar(profile: CooperationProfile) -> list[CooperationProfile]:
    is_being_written = AT_STEP.get(ProfileStatus(profile.status), -1) == 0
    return similar_profiles(profile) if is_being_written else []
