"""What staff do on pages of reports."""

from django.utils.translation import gettext_lazy as _

from tibs.events.vocabulary import Audience, Event

WORK_TRIED_AGAIN = Event(
    "reports.work.tried_again", _("Work that had failed three times was tried again."), Audience.STAFF
)
