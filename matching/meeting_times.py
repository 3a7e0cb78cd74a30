"""Times of meetings between two countries: read on one clock, shown on both."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from regions.models import Country
from regions.working_days import PublicHolidays
from tibs.core.clocks import is_working_day
from tibs.core.errors import BadInputError
from tibs.figures import WORKING_HOURS


@dataclass(frozen=True)
class LocalTime:
    """A moment as the clock of one country shows it; `zone` is the short name of that clock on that day."""

    country: str
    at: datetime
    zone: str
    is_outside_hours: bool


@dataclass(frozen=True)
class Slot:
    """A moment on the clocks of both countries, the sender's first."""

    moment: datetime
    clocks: tuple[LocalTime, LocalTime]

    @property
    def is_on_one_clock(self) -> bool:
        """Whether the clocks of both countries show the same, on a day on which people of both work or do not."""
        one, other = self.clocks
        same_clock = one.at.replace(tzinfo=None) == other.at.replace(tzinfo=None) and one.zone == other.zone
        return same_clock and one.is_outside_hours == other.is_outside_hours

    @property
    def value(self) -> str:
        """The moment as forms send it back."""
        return self.moment.astimezone(UTC).isoformat()

    @property
    def is_outside_hours(self) -> bool:
        return any(clock.is_outside_hours for clock in self.clocks)


def slot(moment: datetime, sender: Country, receiver: Country) -> Slot:
    return Slot(moment, (_local(moment, sender), _local(moment, receiver)))


def moment_of(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which the clocks of a zone show `wall`, which has no zone itself.

    BadInputError in the two nights in which clocks change, for times that do not exist there or come twice.
    """
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall:
        raise BadInputError(
            _("The clocks change in that night, and this time does not exist. Choose another.")
        )
    raise BadInputError(_("The clocks change in that night, and this time comes twice. Choose another."))


def _local(moment: datetime, country: Country) -> LocalTime:
    at = moment.astimezone(ZoneInfo(country.time_zone))
    begins, ends = WORKING_HOURS
    at_work = is_working_day(at.date(), PublicHolidays(country.code)) and begins <= at.hour < ends
    return LocalTime(country.name, at, at.tzname() or "", not at_work)
