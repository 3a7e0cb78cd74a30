"""What people are told about companies and their profiles. Second readers never learn a company's name."""

from django.utils.translation import gettext_lazy as _

from tibs.events.models.inbox import NoticeKind
from tibs.events.notices import Notice

LEAD_ARRIVED = Notice(
    "companies.lead.arrived",
    _("New company for you: %(company)s"),
    NoticeKind.LEADS,
    waits=True,
    letter="lead_arrived",
)
LEAD_UNANSWERED = Notice(
    "companies.lead.unanswered",
    _("Nobody has answered %(company)s yet"),
    NoticeKind.LEADS,
    waits=True,
    letter="lead_unanswered",
)
MESSAGE_WAITING = Notice(
    "companies.message.waiting",
    _("A message about %(company)s waits for you"),
    NoticeKind.MESSAGES,
    waits=True,
    letter="message_waiting",
)
EXPRESSION_ARRIVED = Notice(
    "companies.expression.arrived",
    _("%(company)s is interested in %(reference)s. Please answer by %(due)s."),
    NoticeKind.LEADS,
    waits=True,
)
EXPRESSION_WAITS_AGAIN = Notice(
    "companies.expression.waits_again",
    _(
        "The introduction of %(company)s about %(reference)s has ended, and its interest waits for you again. "
        "Please answer by %(due)s."
    ),
    NoticeKind.LEADS,
    waits=True,
)
EXPRESSION_REMINDED = Notice(
    "companies.expression.reminded",
    _("%(company)s still waits for an answer on %(reference)s. Please answer by %(due)s."),
    NoticeKind.LEADS,
    waits=True,
)
EXPRESSION_LATE = Notice(
    "companies.expression.late",
    _("The interest of %(company)s in %(reference)s was not answered by %(due)s."),
    NoticeKind.LEADS,
    waits=True,
)
EXPRESSION_CALL_OVER = Notice(
    "companies.expression.call_over",
    _(
        "The call for proposals behind %(reference)s takes no interest any more. The interest of %(company)s was "
        "closed, and the visitor was told."
    ),
    NoticeKind.LEADS,
)
REVIEW_ASKED = Notice(
    "companies.review.asked",
    _("Please read “%(title)s” from %(country)s as its second reader."),
    NoticeKind.PROFILES,
    waits=True,
)
REVIEW_REMINDED = Notice(
    "companies.review.reminded",
    _("“%(title)s” from %(country)s still waits for you as its second reader."),
    NoticeKind.PROFILES,
    waits=True,
)
REVIEW_WITH_ANOTHER = Notice(
    "companies.review.with_another",
    _("Somebody else reads “%(title)s” from %(country)s now. You need not do anything."),
    NoticeKind.PROFILES,
)
REVIEW_TAKEN_BACK = Notice(
    "companies.review.taken_back",
    _("“%(title)s” from %(country)s was taken back before you answered. You need not do anything."),
    NoticeKind.PROFILES,
)
REVIEW_LATE = Notice(
    "companies.review.late",
    _("The second reader of “%(title)s” of %(company)s has not answered in time."),
    NoticeKind.PROFILES,
    waits=True,
)
REVIEW_STUCK = Notice(
    "companies.review.stuck",
    _(
        "The second reader of “%(title)s” of %(company)s has not answered, and nobody else can read it now. "
        "We try again every working day."
    ),
    NoticeKind.PROFILES,
    waits=True,
)
REVIEW_READY = Notice(
    "companies.review.ready",
    _("The second reader found “%(title)s” of %(company)s ready; the company is asked for its approval."),
    NoticeKind.PROFILES,
)
REVIEW_CHANGES = Notice(
    "companies.review.changes",
    _("The second reader asks for changes of “%(title)s” of %(company)s."),
    NoticeKind.PROFILES,
    waits=True,
)
APPROVAL_ASKED = Notice(
    "companies.approval.asked",
    _("Please read your profile “%(title)s” and say whether it may be published."),
    NoticeKind.PROFILES,
    waits=True,
)
PROFILE_APPROVED = Notice(
    "companies.profile.approved",
    _("%(company)s approved “%(title)s”. You can publish it now."),
    NoticeKind.PROFILES,
    waits=True,
)
PROFILE_APPROVED_BUT = Notice(
    "companies.profile.approved_but",
    _("%(company)s approved “%(title)s”. Before you can publish it: %(missing)s"),
    NoticeKind.PROFILES,
    waits=True,
)
PROFILE_CAN_BE_PUBLISHED = Notice(
    "companies.profile.can_be_published",
    _("Nothing is missing any more: you can publish “%(title)s” of %(company)s now."),
    NoticeKind.PROFILES,
    waits=True,
)
PUBLISH_REMINDED = Notice(
    "companies.publish.reminded",
    _("%(company)s approved “%(title)s”, and it still waits for you to publish it."),
    NoticeKind.PROFILES,
    waits=True,
)
PUBLISH_LATE = Notice(
    "companies.publish.late",
    _("%(company)s approved “%(title)s”, and it was not published in time."),
    NoticeKind.PROFILES,
    waits=True,
)
STUCK = Notice("companies.publish.stuck", PROFILE_APPROVED_BUT.sentence, NoticeKind.PROFILES, waits=True)
CONSENT_WANTED = Notice(
    "companies.profile.consent_wanted",
    _(
        "Your broker wrote down that you approve your profile “%(title)s”. Please say whether it may be published "
        "without your name: this consent is still missing."
    ),
    NoticeKind.PROFILES,
    waits=True,
)
APPROVAL_NOBODY = Notice(
    "companies.approval.nobody",
    _(
        "“%(title)s” waits for the approval of %(company)s, and nobody there can be asked. Add a contact person."
    ),
    NoticeKind.PROFILES,
    waits=True,
)
APPROVAL_REMINDED = Notice(
    "companies.approval.reminded",
    _("Your profile “%(title)s” still waits for your answer: may it be published?"),
    NoticeKind.PROFILES,
    waits=True,
)
CONSENT_REMINDED = Notice(
    "companies.profile.consent_reminded", APPROVAL_REMINDED.sentence, NoticeKind.PROFILES, waits=True
)
APPROVAL_LATE = Notice(
    "companies.approval.late",
    _("%(company)s has not answered in time whether “%(title)s” may be published."),
    NoticeKind.PROFILES,
    waits=True,
)
CHANGES_REMINDED = Notice(
    "companies.changes.reminded",
    _("“%(title)s” of %(company)s still waits for the changes that were asked for."),
    NoticeKind.PROFILES,
    waits=True,
)
CHANGES_LATE = Notice(
    "companies.changes.late",
    _("The changes that were asked for in “%(title)s” of %(company)s were not made in time."),
    NoticeKind.PROFILES,
    waits=True,
)
CONSENT_TAKEN_BACK = Notice(
    "companies.profile.consent_taken_back",
    _(
        "%(company)s took back its consent, so “%(title)s” is not shown any more. Ask the company, or take the "
        "profile back."
    ),
    NoticeKind.PROFILES,
    waits=True,
)
CONSENT_ENDED = Notice(
    "companies.profile.consent_ended",
    _(
        "The consent of %(company)s has ended, so “%(title)s” is not shown any more. Ask the company whether it "
        "gives its consent again."
    ),
    NoticeKind.PROFILES,
    waits=True,
)
PROFILE_OBJECTED = Notice(
    "companies.profile.objected",
    _("%(company)s asks for changes of “%(title)s”."),
    NoticeKind.PROFILES,
    waits=True,
)
PROFILE_PUBLISHED = Notice(
    "companies.profile.published", _("Your profile “%(title)s” is published."), NoticeKind.PROFILES
)
PROFILE_RENEWED = Notice(
    "companies.profile.renewed",
    _("Your profile “%(title)s” was renewed and runs until %(day)s."),
    NoticeKind.PROFILES,
)
PROFILE_ENDS_SOON = Notice(
    "companies.profile.ends_soon",
    _("“%(title)s” of %(company)s ends on %(day)s. You can renew it once."),
    NoticeKind.PROFILES,
    waits=True,
)
PROFILE_ENDS_FOR_GOOD = Notice(
    "companies.profile.ends_for_good",
    _("“%(title)s” of %(company)s ends on %(day)s. It was renewed already, so a new review brings it back."),
    NoticeKind.PROFILES,
)
OWN_PROFILE_ENDS = Notice(
    "companies.profile.own_ends",
    _("Your profile “%(title)s” ends on %(day)s. Tell your broker if you want to go on."),
    NoticeKind.PROFILES,
)
PROFILE_EXPIRED = Notice(
    "companies.profile.expired",
    _("The time of “%(title)s” of %(company)s is over."),
    NoticeKind.PROFILES,
)
STILL_INTERESTED = Notice(
    "companies.interest.asked",
    _("Are you still interested in partners for “%(title)s”? One click is enough."),
    NoticeKind.PROFILES,
    waits=True,
)
INTEREST_ENDED = Notice(
    "companies.interest.ended",
    _("“%(title)s” of %(company)s is closed for new interest: the company did not answer twice."),
    NoticeKind.PROFILES,
)
OWN_INTEREST_ENDED = Notice(
    "companies.interest.own_ended",
    _(
        "Your profile “%(title)s” takes no new contacts any more, because nobody answered twice. One click opens it "
        "again."
    ),
    NoticeKind.PROFILES,
)
CALL_OVER = Notice(
    "companies.interest.call_over",
    _(
        "“%(title)s” of %(company)s is closed for new interest: its call for proposals took expressions of interest "
        "until %(day)s."
    ),
    NoticeKind.PROFILES,
)
OWN_CALL_OVER = Notice(
    "companies.interest.own_call_over",
    _(
        "Your profile “%(title)s” takes no new contacts any more: its call for proposals took expressions of interest "
        "until %(day)s."
    ),
    NoticeKind.PROFILES,
)
INTEREST_NOBODY = Notice(
    "companies.interest.nobody",
    _(
        "Nobody at %(company)s can be asked whether it is still interested in partners for “%(title)s”. Add a contact "
        "person, or write down its answer."
    ),
    NoticeKind.PROFILES,
    waits=True,
)
INTEREST_DECLINED = Notice(
    "companies.interest.declined",
    _("%(company)s is not interested in partners for “%(title)s” now."),
    NoticeKind.PROFILES,
)
INTEREST_CONFIRMED = Notice(
    "companies.interest.confirmed",
    _("%(company)s is interested again: “%(title)s” is open for new interest."),
    NoticeKind.PROFILES,
)
