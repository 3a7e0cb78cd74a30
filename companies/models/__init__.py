from companies.models.company import Company
from companies.models.consent import Consent
from companies.models.contact import Contact
from companies.models.profile import CooperationProfile
from companies.models.profile_text import ProfileText

__all__ = ["Company", "Consent", "Contact", "CooperationProfile", "ProfileText"]
