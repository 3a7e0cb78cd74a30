"""What happens to companies, their consents and their profiles."""

from django.utils.translation import gettext_lazy as _

from tibs.events.vocabulary import Event

COMPANY_ADDED = Event("companies.company.added", _("The company was added."))
COMPANY_HANDED_OVER = Event("companies.company.handed_over", _("Another broker took over the company."))
CONTACT_ADDED = Event("companies.contact.added", _("A contact person was added."))
COMPANIES_IMPORTED = Event("companies.import.finished", _("Companies were imported from a file."))
CONSENT_GIVEN = Event("companies.consent.given", _("The company gave its consent."))
CONSENT_WITHDRAWN = Event("companies.consent.withdrawn", _("The company withdrew its consent."))
PROFILE_DRAFTED = Event("companies.profile.drafted", _("A cooperation profile was drafted."))
PROFILE_PUBLISHED = Event("companies.profile.published", _("A cooperation profile was published."))
PROFILE_WITHDRAWN = Event("companies.profile.withdrawn", _("A cooperation profile was withdrawn."))
