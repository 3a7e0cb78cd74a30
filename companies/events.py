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
COMPANY_CHANGED = Event("companies.company.changed", _("The facts about the company were changed."))
COMPANY_CLAIMED = Event("companies.company.claimed", _("A broker took the company."))
STAGE_CHANGED = Event("companies.stage.changed", _("The company moved to another stage."))
SCREENED = Event("companies.screening.decided", _("The company was screened."))
INTERACTION_LOGGED = Event("companies.interaction.logged", _("A contact was logged."))
INTERACTION_CHANGED = Event("companies.interaction.changed", _("An entry of the contact log was corrected."))
NEXT_STEP_SET = Event("companies.next_step.set", _("The next step was set."))
NEXT_STEP_DONE = Event("companies.next_step.done", _("The next step was done."))
CONTACT_CHANGED = Event("companies.contact.changed", _("A contact person was changed."))
COMPANIES_IMPORTED = Event("companies.import.finished", _("Companies were imported from a file."))
CONSENT_GIVEN = Event("companies.consent.given", _("The company gave its consent."))
CONSENT_WITHDRAWN = Event("companies.consent.withdrawn", _("The company withdrew its consent."))
PROFILE_DRAFTED = Event("companies.profile.drafted", _("A cooperation profile was drafted."))
PROFILE_PUBLISHED = Event("companies.profile.published", _("A cooperation profile was published."))
PROFILE_WITHDRAWN = Event("companies.profile.withdrawn", _("A cooperation profile was withdrawn."))
MESSAGE_SENT = Event("companies.message.sent", _("A message was written."))
DATA_CORRECTED = Event("companies.company.corrected", _("The company corrected its data."))
CORRECTION_ASKED = Event(
    "companies.company.correction_asked", _("The company asked for a correction of its data.")
)
DATA_EXPORTED = Event("companies.company.exported", _("The company took a copy of all its data."))
COMPANY_ERASED = Event("companies.company.erased", _("The personal data of the company were erased."))
RETENTION_NOTICE_SENT = Event(
    "companies.company.retention_notice", _("The company was told that its data will be erased.")
)
