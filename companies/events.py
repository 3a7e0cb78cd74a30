"""What happens to companies, their consents and their profiles."""

from django.utils.translation import gettext_lazy as _

from tibs.events.vocabulary import Event

COMPANY_ADDED = Event("companies.company.added", _("The company was added."))
COMPANY_HANDED_OVER = Event("companies.company.handed_over", _("Another broker took over the company."))
CONTACT_ADDED = Event("companies.contact.added", _("A contact person was added."))
LEAD_CREATED = Event("companies.lead.created", _("The company came in and was proposed to a broker."))
LEAD_ESCALATED = Event("companies.lead.escalated", _("Nobody answered in time, so the coordinator was told."))
REGISTRATION_SENT = Event("companies.registration.sent", _("A registration was sent."))
REGISTRATION_HELD = Event("companies.registration.held", _("A registration waits for a look by a person."))
REGISTRATION_RELEASED = Event("companies.registration.released", _("A held registration was released."))
REGISTRATION_REFUSED = Event("companies.registration.refused", _("A held registration was closed unread."))
REGISTRATION_CONFIRMED = Event(
    "companies.registration.confirmed", _("The company confirmed its registration.")
)
COMPANIES_IMPORTED = Event("companies.import.finished", _("Companies were imported from a file."))
CONSENT_GIVEN = Event("companies.consent.given", _("The company gave its consent."))
CONSENT_WITHDRAWN = Event("companies.consent.withdrawn", _("The company withdrew its consent."))
PROFILE_DRAFTED = Event("companies.profile.drafted", _("A cooperation profile was drafted."))
PROFILE_PUBLISHED = Event("companies.profile.published", _("A cooperation profile was published."))
PROFILE_WITHDRAWN = Event("companies.profile.withdrawn", _("A cooperation profile was withdrawn."))
