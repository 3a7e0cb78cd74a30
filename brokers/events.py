"""What happens in host organisations."""

from django.utils.translation import gettext_lazy as _

from tibs.events.vocabulary import Audience, Event

MEMBER_ADDED = Event("brokers.member.added", _("A person joined the organisation."), Audience.STAFF)
INVITATION_SENT = Event("brokers.invitation.sent", _("Somebody was invited."), Audience.STAFF)
INVITATION_RESENT = Event("brokers.invitation.resent", _("An invitation was sent again."), Audience.STAFF)
INVITATION_REVOKED = Event("brokers.invitation.revoked", _("An invitation was taken back."), Audience.STAFF)
INVITATION_ACCEPTED = Event("brokers.invitation.accepted", _("An invitation was accepted."), Audience.STAFF)
BROKER_APPOINTED = Event("brokers.broker.appointed", _("A broker was appointed."), Audience.STAFF)
BROKER_CHANGED = Event("brokers.broker.changed", _("A broker's profile was changed."), Audience.STAFF)
BROKER_DEACTIVATED = Event(
    "brokers.broker.deactivated", _("A person left the organisation and handed over."), Audience.STAFF
)
TRAINING_ADDED = Event("brokers.training.added", _("A training was added."), Audience.STAFF)
TRAINING_CHANGED = Event("brokers.training.changed", _("A training was changed."), Audience.STAFF)
TRAINING_REMOVED = Event("brokers.training.removed", _("A training was removed."), Audience.STAFF)
DEFAULT_CHOSEN = Event(
    "brokers.default.chosen", _("The default broker of a country was chosen."), Audience.STAFF
)
API_CLIENT_ADDED = Event("brokers.apiclient.added", _("A partner site was added."), Audience.STAFF)
API_KEY_MADE = Event("brokers.apikey.made", _("A key for the API was made."), Audience.STAFF)
API_KEY_REVOKED = Event("brokers.apikey.revoked", _("A key for the API was revoked."), Audience.STAFF)
