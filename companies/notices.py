"""What people are told about companies and their profiles."""

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
