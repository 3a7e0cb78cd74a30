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
MERGE_ASKED = Event("companies.merge.asked", _("A merge with another entry was asked for."))
MERGE_DECLINED = Event("companies.merge.declined", _("A merge with another entry was declined."))
COMPANIES_MERGED = Event("companies.merge.made", _("Another entry of the company was merged into this one."))
COMPANY_ABSORBED = Event("companies.company.absorbed", _("The entry became part of another one."))
MERGE_UNDONE = Event("companies.merge.undone", _("A merge was undone."))
COMPANY_RESTORED = Event("companies.company.restored", _("The entry was taken out of another one again."))
TOLD_APART = Event("companies.company.told_apart", _("A similar company was found to be another one."))
COMPANIES_IMPORTED = Event("companies.import.finished", _("Companies were imported from a file."))
CONSENT_GIVEN = Event("companies.consent.given", _("The company gave its consent."))
CONSENT_WITHDRAWN = Event("companies.consent.withdrawn", _("The company withdrew its consent."))
PROFILE_DRAFTED = Event("companies.profile.drafted", _("A cooperation profile was drafted."))
PROFILE_CHANGED = Event("companies.profile.changed", _("A cooperation profile was changed."))
PROFILE_PUBLISHED = Event("companies.profile.published", _("A cooperation profile was published."))
PROFILE_WITHDRAWN = Event("companies.profile.withdrawn", _("A cooperation profile was withdrawn."))
PROFILE_SENT = Event("companies.profile.sent", _("A cooperation profile was sent to a second reader."))
REVIEW_READY = Event("companies.review.ready", _("The second reader found a cooperation profile ready."))
REVIEW_CHANGES = Event(
    "companies.review.changes", _("The second reader asked for changes of a cooperation profile.")
)
REVIEW_PASSED_ON = Event("companies.review.passed_on", _("Another second reader was asked."))
REVIEW_ESCALATED = Event(
    "companies.review.escalated", _("The second reader did not answer in time, so the coordinator was told.")
)
PROFILE_APPROVED = Event(
    "companies.profile.approved", _("The company approved the words of a cooperation profile.")
)
PROFILE_OBJECTED = Event(
    "companies.profile.objected", _("The company asked for changes of a cooperation profile.")
)
PROFILE_ESCALATED = Event(
    "companies.profile.escalated",
    _("A cooperation profile was not answered in time, so the coordinator was told."),
)
PROFILE_TAKEN_BACK = Event("companies.profile.taken_back", _("A cooperation profile became a draft again."))
PROFILE_RENEWED = Event("companies.profile.renewed", _("A cooperation profile was renewed for a year."))
PROFILE_EXPIRED = Event("companies.profile.expired", _("The time of a cooperation profile ended."))
INTEREST_ASKED = Event("companies.interest.asked", _("The company was asked whether it is still interested."))
INTEREST_CONFIRMED = Event("companies.interest.confirmed", _("The company is still interested."))
INTEREST_ENDED = Event("companies.interest.ended", _("A cooperation profile was closed for new interest."))
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
ASSESSMENT_STARTED = Event("companies.assessment.started", _("An assessment was begun."))
ASSESSMENT_COMPLETED = Event("companies.assessment.completed", _("An assessment was completed."))
ASSESSMENT_REPEATED = Event(
    "companies.assessment.repeated", _("A new assessment was begun from the last one.")
)
ASSESSMENT_ADOPTED = Event("companies.assessment.adopted", _("A self-assessment became part of the file."))
PLAN_CHANGED = Event("companies.plan.changed", _("The action plan was changed."))
COMPANIES_CHANGED = Event("companies.bulk.changed", _("Several companies were changed at once."))
CHANGE_UNDONE = Event("companies.bulk.undone", _("A change to several companies was taken back."))
VIEW_SAVED = Event("companies.view.saved", _("A view of a list was saved."))
VIEW_DELETED = Event("companies.view.deleted", _("A view of a list was deleted."))
COMPANY_REMINDED = Event("companies.company.reminded", _("The company was reminded that its broker waits."))
INTEREST_EXPRESSED = Event("companies.expression.written", _("Interest in a profile was expressed."))
EXPRESSION_CONFIRMED = Event(
    "companies.expression.confirmed", _("The company is interested in a profile of another country.")
)
EXPRESSION_REOPENED = Event(
    "companies.expression.reopened",
    _("The introduction ended, and the interest in the profile waits for its broker again."),
)
EXPRESSION_ESCALATED = Event(
    "companies.expression.escalated",
    _("The interest was not answered in time, so the coordinator was told."),
)
INTEREST_CLOSED = Event("companies.expression.closed", _("An expression of interest was closed."))
SEARCH_SAVED = Event("companies.search.saved", _("A search of the catalogue was saved."))
SEARCH_CONFIRMED = Event("companies.search.confirmed", _("A saved search was confirmed."))
SEARCH_DELETED = Event("companies.search.deleted", _("A saved search was deleted."))
SEARCH_TOLD = Event("companies.search.told", _("New profiles of a saved search were told."))
FILE_ATTACHED = Event("companies.file.attached", _("A file was added."))
FILE_REMOVED = Event("companies.file.removed", _("A file was removed."))
