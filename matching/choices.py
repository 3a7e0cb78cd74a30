"""Vocabularies of decisions, introductions and cooperations. Codes never change; labels are translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from matching.handshake import Side

# Characters of what one side writes to the other, or for itself, beside a step.
LONGEST_NOTE = 600


class Choice(models.TextChoices):
    SHORTLISTED = "shortlisted", _("On the shortlist")
    DISMISSED = "dismissed", _("Not relevant")


class DismissReason(models.TextChoices):
    """Why a broker finds a match not relevant; these are labels for the weights of the engine."""

    OTHER_BRANCH = "other_branch", _("Another branch")
    NO_NEED = "no_need", _("Does not fit the need")
    COMPETITOR = "competitor", _("A competitor")
    SIZE = "size", _("Size does not fit")
    COUNTRY = "country", _("Country is not wanted")
    LANGUAGE = "language", _("No common language")
    KNOWN = "known", _("They know each other")
    NOT_NOW = "not_now", _("Not now")
    OTHER = "other", _("Another reason")


class DeclineReason(models.TextChoices):
    """Why somebody does not want an introduction; the other side gets a polite sentence for each."""

    NO_CAPACITY = "no_capacity", _("No capacity at present")
    PRICE = "price", _("Price level does not fit")
    COMPETITOR = "competitor", _("Too close to a competitor")
    LANGUAGE = "language", _("No common language")
    TIMING = "timing", _("The time is not right")
    TRUST = "trust", _("Too little is known")
    LEGAL = "legal", _("Standards or law stand in the way")
    NO_FIT = "no_fit", _("Offer and need do not fit")
    NO_ANSWER = "no_answer", _("No answer")
    OTHER = "other", _("Another reason")


class IntroductionStatus(models.TextChoices):
    DRAFT = "draft", _("Being written")
    COMPANY_AGREED = "company_agreed", _("Own company agreed")
    SENT = "sent", _("Sent to the other broker")
    ACKNOWLEDGED = "acknowledged", _("Received by the other broker")
    WITH_PARTNER = "with_partner", _("With the other company")
    ACCEPTED = "accepted", _("Accepted")
    INTRODUCED = "introduced", _("Introduced")
    DECLINED = "declined", _("Declined")
    ON_HOLD = "on_hold", _("On hold")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Returned without an answer")


# An introduction in one of these states still binds both firms; there is never more than one for a pair.
OPEN_INTRODUCTIONS = (
    IntroductionStatus.DRAFT,
    IntroductionStatus.COMPANY_AGREED,
    IntroductionStatus.SENT,
    IntroductionStatus.ACKNOWLEDGED,
    IntroductionStatus.WITH_PARTNER,
    IntroductionStatus.ACCEPTED,
    IntroductionStatus.ON_HOLD,
)


SIDES = {Side.SENDER.value: _("Sender"), Side.RECEIVER.value: _("Receiver")}


class CooperationStatus(models.TextChoices):
    MEETING = "meeting", _("Meeting")
    NEGOTIATING = "negotiating", _("Negotiating")
    AGREEMENT = "agreement", _("Agreement")
    NO_DEAL = "no_deal", _("No deal")


class MeetingStatus(models.TextChoices):
    PROPOSED = "proposed", _("Times proposed")
    FIXED = "fixed", _("Time fixed")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class AgreementType(models.TextChoices):
    """Kinds of agreement of the Enterprise Europe Network, and those that this project adds (domain 1.6, peers 4.5)."""

    TRADE_INTERMEDIARY = "trade_intermediary", _("Trade intermediary, such as a distributor")
    SUPPLY = "supply", _("Supply")
    SUBCONTRACTING = "subcontracting", _("Subcontracting or outsourcing")
    RECIPROCAL_PRODUCTION = "reciprocal", _("Reciprocal production")
    LOGISTICS = "logistics", _("Transport and logistics")
    FRANCHISE = "franchise", _("Franchise")
    JOINT_VENTURE = "joint_venture", _("Joint venture")
    MERGER = "merger", _("Merger or share exchange")
    ACQUISITION = "acquisition", _("Sale or acquisition")
    LICENCE = "licence", _("Licence or other transfer of know-how")
    TECHNICAL = "technical", _("Commercial agreement with technical assistance")
    RESEARCH = "research", _("Joint research and development")
    PILOT = "pilot", _("Pilot or trial")
    UNDERSTANDING = "understanding", _("Memorandum of understanding")


class ValueBand(models.TextChoices):
    TO_10K = "to_10k", _("up to 10,000 euros")
    TO_50K = "to_50k", _("more than 10,000, up to 50,000 euros")
    TO_250K = "to_250k", _("more than 50,000, up to 250,000 euros")
    TO_1M = "to_1m", _("more than 250,000, up to 1 million euros")
    OVER_1M = "over_1m", _("more than 1 million euros")


class ChangeBand(models.TextChoices):
    """A change against before, in per cent."""

    FELL = "fell", _("fell")
    SAME = "same", _("about the same")
    TO_10 = "to_10", _("up to 10 per cent more")
    TO_25 = "to_25", _("more than 10, up to 25 per cent more")
    OVER_25 = "over_25", _("more than 25 per cent more")


class StrategyStatus(models.TextChoices):
    DRAFT = "draft", _("Being written")
    AGREED = "agreed", _("Agreed")
    IN_IMPLEMENTATION = "in_implementation", _("Being carried out")
    COMPLETED = "completed", _("Completed")
    GIVEN_UP = "given_up", _("Given up")


class View(models.TextChoices):
    """What a broker who was asked thinks of a match."""

    FITS = "fits", _("Fits")
    DOUBTFUL = "doubtful", _("Doubtful")
    DOES_NOT_FIT = "does_not_fit", _("Does not fit")


class ViewEnd(models.TextChoices):
    """Why a question to another broker is over without an answer."""

    CANNOT_SAY = "cannot_say", _("Cannot say")
    DECIDED = "decided", _("Decided meanwhile")
    MATCH_OVER = "match_over", _("The match is over")
    LEFT = "left", _("The broker who was asked has left")
