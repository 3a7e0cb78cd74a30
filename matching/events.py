"""What happens in the matching."""

from django.utils.translation import gettext_lazy as _

from tibs.events.vocabulary import Audience, Event

RUN_REQUESTED = Event("matching.run.requested", _("A full matching was asked for."), Audience.STAFF)
RUN_FINISHED = Event("matching.run.finished", _("A full matching finished."), Audience.STAFF)
RUN_FAILED = Event("matching.run.failed", _("A full matching failed."), Audience.STAFF)
RUN_STRAYED = Event(
    "matching.run.strayed", _("Single updates and the full matching do not agree."), Audience.STAFF
)
