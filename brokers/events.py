"""What happens in host organisations."""

from django.utils.translation import gettext_lazy as _

from tibs.events.vocabulary import Audience, Event

MEMBER_ADDED = Event("brokers.member.added", _("A person joined the organisation."), Audience.STAFF)
BROKER_APPOINTED = Event("brokers.broker.appointed", _("A broker was appointed."), Audience.STAFF)
