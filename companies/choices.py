"""Vocabularies of companies and profiles. Codes are upper-case and never change; labels are translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CompanyKind(models.TextChoices):
    SME = "SME", _("Small or medium-sized enterprise")
    RESEARCH = "RESEARCH", _("Research organisation")
    CLUSTER = "CLUSTER", _("Cluster organisation")
    OTHER = "OTHER", _("Other organisation")


class Stage(models.TextChoices):
    LEAD = "lead", _("Lead")
    SCREENING = "screening", _("Screening")
    NOT_ELIGIBLE = "not_eligible", _("Not eligible")
    ENROLLED = "enrolled", _("Enrolled")
    ACTIVE = "active", _("Active")
    DORMANT = "dormant", _("Dormant")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# A company in another stage left, rests or was refused: it is neither shown nor matched, nor asked for anything.
TAKES_PART = (Stage.LEAD, Stage.SCREENING, Stage.ENROLLED, Stage.ACTIVE)


class SizeClass(models.TextChoices):
    MICRO = "MICRO", _("Micro")
    SMALL = "SMALL", _("Small")
    MEDIUM = "MEDIUM", _("Medium-sized")
    LARGE = "LARGE", _("Large")
    UNKNOWN = "", _("Not known")


class ProfileType(models.TextChoices):
    BUSINESS_OFFER = "BO", _("Business offer")
    BUSINESS_REQUEST = "BR", _("Business request")
    TECHNOLOGY_OFFER = "TO", _("Technology offer")
    TECHNOLOGY_REQUEST = "TR", _("Technology request")
    RESEARCH_REQUEST = "RDR", _("Research and development request")


class Area(models.TextChoices):
    INBOUND = "INB", _("Inbound logistics")
    OPERATIONS = "OPS", _("Operations")
    OUTBOUND = "OUT", _("Outbound logistics")
    MARKETING = "MKT", _("Marketing and sales")
    SERVICE = "SRV", _("After-sales service")
    PROCUREMENT = "PRC", _("Procurement")
    TECHNOLOGY = "TEC", _("Technology and research")
    PEOPLE = "HRM", _("People and skills")
    INFRASTRUCTURE = "INF", _("Firm infrastructure")


class Cooperation(models.TextChoices):
    DISTRIBUTION = "DISTRIBUTION", _("Distribution or agency")
    SUPPLY = "SUPPLY", _("Supply")
    SUBCONTRACTING = "SUBCONTRACTING", _("Subcontracting")
    JOINT_PRODUCTION = "JOINT_PRODUCTION", _("Joint production")
    RESEARCH = "RND", _("Research and development")
    LICENCE = "LICENCE", _("Licence")
    INVESTMENT = "INVESTMENT", _("Investment")
    SERVICE = "SERVICE", _("Service")
    TRAINING = "TRAINING", _("Training")
    LOGISTICS = "LOGISTICS", _("Logistics")


class ProfileStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    COMPANY_APPROVAL = "company_approval", _("Waiting for the company's approval")
    PUBLISHED = "published", _("Published")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Basis(models.TextChoices):
    APPROVED = "approved", _("Approved by the company")
    PUBLIC_SOURCE = "public_source", _("Imported public facts")


class Purpose(models.TextChoices):
    SHARE_WITH_BROKER = "share_with_broker", _("Share the file with a named foreign broker")
    PUBLISH_ANONYMOUS = "publish_anonymous", _("Publish the anonymous profile")
    PUBLISH_NAMED = "publish_named", _("Publish with the company's name")
    SYNDICATE = "syndicate", _("Pass on to partner sites")
    SUCCESS_STORY = "success_story", _("Tell as a success story")
    SURVEYS = "surveys", _("Take part in surveys")


class MoneyBand(models.TextChoices):
    """Bands in million euros whose edges are those of Recommendation 2003/361/EC."""

    TO_2 = "to_2", _("up to 2 million euros")
    TO_10 = "to_10", _("more than 2, up to 10 million euros")
    TO_43 = "to_43", _("more than 10, up to 43 million euros")
    TO_50 = "to_50", _("more than 43, up to 50 million euros")
    OVER_50 = "over_50", _("more than 50 million euros")


class Independence(models.TextChoices):
    """How much of the enterprise others hold, by the same Recommendation (Article 3 of the annex)."""

    AUTONOMOUS = "autonomous", _("Autonomous: nobody else holds 25 per cent or more")
    PARTNER = "partner", _("Partner enterprise: others hold 25 to 50 %")
    LINKED = "linked", _("Linked enterprise: others hold more than 50 %")


class HeardFrom(models.TextChoices):
    BROKER = "broker", _("An innovation broker")
    EVENT = "event", _("An event")
    COMPANY = "company", _("Another company")
    AUTHORITY = "authority", _("A public authority or chamber")
    NETWORK = "network", _("Enterprise Europe Network or another adviser")
    PRESS = "press", _("Press or social media")
    SEARCH = "search", _("A web search")
    OTHER = "other", _("Something else")


class EarlierSupport(models.TextChoices):
    EEN = "een", _("Enterprise Europe Network")
    NATIONAL_AGENCY = "national_agency", _("A national agency")
    REGIONAL = "regional", _("A regional programme")
    CHAMBER = "chamber", _("A chamber of commerce")
    OTHER = "other", _("Another programme")


class RegistrationStatus(models.TextChoices):
    DRAFT = "draft", _("Being written")
    WAITING = "waiting", _("Waiting for the confirmation of the address")
    HELD = "held", _("Held for a look by a person")
    CONFIRMED = "confirmed", _("Confirmed")
    CLOSED = "closed", _("Closed")


class Channel(models.TextChoices):
    VISIT = "visit", _("Visit")
    CALL = "call", _("Phone call")
    VIDEO = "video", _("Video call")
    EMAIL = "email", _("E-mail")
    EVENT = "event", _("Event")
    LETTER = "letter", _("Letter")


class Support(models.TextChoices):
    """What the time with a company was used for; programme rules ask for it."""

    DIAGNOSIS = "diagnosis", _("Assessment of needs")
    ADVICE = "advice", _("Advice")
    PARTNER_SEARCH = "partner_search", _("Partner search")
    INTRODUCTION = "introduction", _("Introduction and meeting")
    TRAINING = "training", _("Training")
    FUNDING = "funding", _("Information about funding")
    FOLLOW_UP = "follow_up", _("Follow-up")
    ADMINISTRATION = "administration", _("Administration")


class WaitsFor(models.TextChoices):
    US = "us", _("Us")
    COMPANY = "company", _("The company")
    PARTNER = "partner", _("A partner")


class Decision(models.TextChoices):
    ELIGIBLE = "eligible", _("Eligible")
    NOT_ELIGIBLE = "not_eligible", _("Not eligible")


class Way(models.TextChoices):
    """How contact data came to be read."""

    PAGE = "page", _("On a page")
    EXPORT = "export", _("In an export")
    API = "api", _("By the API")


class MergeStatus(models.TextChoices):
    ASKED = "asked", _("Waiting for the other organisation")
    DECLINED = "declined", _("Declined")
    MADE = "made", _("Merged")
    UNDONE = "undone", _("Undone")


class Rater(models.TextChoices):
    SELF = "self", _("The firm itself")
    BROKER = "broker", _("The broker")


class Evidence(models.TextChoices):
    """How well an answer is supported."""

    CLAIMED = "claimed", _("Said")
    EXPLAINED = "explained", _("Explained with an example")
    DOCUMENTED = "documented", _("Seen in a document")


class BulkKind(models.TextChoices):
    """What is done to many companies at once."""

    MOVE = "move", _("Move to a stage")
    HAND_OVER = "hand_over", _("Hand over to a colleague")
    NEXT_STEP = "next_step", _("Set the next step")


class ListPlace(models.TextChoices):
    """Pages with a list whose state can be saved, by the names of their routes."""

    COMPANIES = "companies", _("Table of companies")
    PIPELINE = "pipeline", _("Board of companies")


class Development(models.TextChoices):
    """How far a product or technology is, in the words of the Enterprise Europe Network."""

    CONCEPT = "concept", _("Concept stage")
    UNDER_WAY = "under_way", _("Under development")
    LAB_TESTED = "lab_tested", _("Lab tested")
    DEMONSTRATION = "demonstration", _("Available for demonstration")
    ON_MARKET = "on_market", _("Already on the market")


class Protection(models.TextChoices):
    """How intellectual property is protected, in the words of the Enterprise Europe Network."""

    NONE = "none", _("No rights applied for")
    SECRET = "secret", _("Secret know-how")
    APPLIED = "applied", _("Rights applied for but not yet granted")
    GRANTED = "granted", _("Rights granted")


class PartnerKind(models.TextChoices):
    """Type and size of the partner, in the words of the Enterprise Europe Network."""

    MICRO = "sme_10", _("Small firm of up to 10 people")
    SMALL = "sme_49", _("Small firm of 11 to 49 people")
    MEDIUM = "sme_249", _("Medium-sized firm of 50 to 249 people")
    LARGE = "large", _("Large firm")
    RESEARCH = "research", _("Research institution")
    UNIVERSITY = "university", _("University")
    OTHER = "other", _("Other")


class ReviewDecision(models.TextChoices):
    READY = "ready", _("Ready for the company's approval")
    CHANGES = "changes", _("Needs changes")


class InterestStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting for the confirmation of the address")
    ROUTED = "routed", _("With the broker of the interested firm")
    TAKEN_UP = "taken_up", _("Taken up in an introduction")
    CLOSED = "closed", _("Closed")


class Frequency(models.TextChoices):
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")


class InterestEnd(models.TextChoices):
    """Why nothing becomes of an expression of interest; the visitor gets a sentence for it, never a note."""

    NOT_SERVED = "not_served", _("The organisation cannot take part")
    NO_FIT = "no_fit", _("The two do not fit")
    NOT_NOW = "not_now", _("It is too early")
    DECLINED = "declined", _("The other firm declined")
    NO_ANSWER = "no_answer", _("The visitor did not answer")
    MEANWHILE_CLOSED = "meanwhile_closed", _("The other firm takes no new contacts any more")
    CALL_CLOSED = "call_closed", _("The call takes no interest any more")
    TAKEN_BACK = "taken_back", _("The interested firm decided against it")
    OTHER = "other", _("Another reason")
