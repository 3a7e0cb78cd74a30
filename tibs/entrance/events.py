"""What happens to accounts, for the audit trail."""

from django.utils.translation import gettext_lazy as _

from tibs.events.vocabulary import Audience, Event

DEVICE_ADDED = Event("accounts.device.added", _("A device for the second step was added."), Audience.STAFF)
DEVICE_REMOVED = Event(
    "accounts.device.removed", _("A device for the second step was removed."), Audience.STAFF
)
RECOVERY_CODES_RENEWED = Event(
    "accounts.recovery_codes.renewed", _("New recovery codes were made."), Audience.STAFF
)
ACCESS_RECOVERED = Event(
    "accounts.access.recovered",
    _("All devices of a person were removed, because the person had lost theirs."),
    Audience.STAFF,
)
SESSIONS_ENDED = Event("accounts.sessions.ended", _("Sessions of a person were ended."), Audience.STAFF)
PASSWORD_CHANGED = Event("accounts.password.changed", _("A password was changed."), Audience.STAFF)
ADDRESS_CHANGED = Event(
    "accounts.address.changed", _("A person signs in with another e-mail address now."), Audience.STAFF
)
LETTERS_CHOSEN = Event("accounts.letters.chosen", _("A person chose which letters to get."), Audience.STAFF)
