from companies.models.action_plan import ActionPlan, ActionStep
from companies.models.assessment import Answer, Assessment
from companies.models.attachment import Attachment
from companies.models.bulk_change import BulkChange
from companies.models.company import Company
from companies.models.consent import Consent
from companies.models.consent_text import ConsentText
from companies.models.contact import Contact
from companies.models.disclosure import Disclosure
from companies.models.expression import ExpressionOfInterest
from companies.models.interaction import Interaction
from companies.models.merge import Merge, NotDuplicate
from companies.models.message import Message
from companies.models.next_step import NextStep
from companies.models.profile import CooperationProfile
from companies.models.profile_review import ProfileApproval, ProfileReview
from companies.models.profile_text import ProfileText
from companies.models.registration import Registration
from companies.models.research_call import ResearchCall
from companies.models.saved_search import SavedSearch, SearchHit
from companies.models.saved_view import SavedView
from companies.models.screening import Screening
from companies.models.suppression import Suppression

__all__ = [
    "ActionPlan",
    "ActionStep",
    "Answer",
    "Assessment",
    "Attachment",
    "BulkChange",
    "Company",
    "Consent",
    "ConsentText",
    "Contact",
    "CooperationProfile",
    "Disclosure",
    "ExpressionOfInterest",
    "Interaction",
    "Merge",
    "Message",
    "NextStep",
    "NotDuplicate",
    "ProfileApproval",
    "ProfileReview",
    "ProfileText",
    "Registration",
    "ResearchCall",
    "SavedSearch",
    "SavedView",
    "Screening",
    "SearchHit",
    "Suppression",
]
