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
