"""What people are told about companies and their profiles."""

from django.utils.translation import gettext_lazy as _

from tibs.events.models.inbox import NoticeKind
from tibs.events.notices import Notice

EXPRESSION_ARRIVED = Notice(
    "companies.expression.arrived",
    _("%(company)s is interested in %(reference)s. Please answer by %(due)s."),
    NoticeKind.LEADS,
    waits=True,
)
