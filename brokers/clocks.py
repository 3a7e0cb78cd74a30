"""Whose clock brokers and coordinators live by."""

from collections.abc import Iterable

from brokers.models import Membership


def zones_at_work(users: Iterable[int]) -> dict[int, str]:
    """The time zone of each person's organisation, by primary key; who belongs to none is left out. One query."""
    seats = Membership.objects.in_force().filter(user__in=list(users)).order_by("-pk")
    return dict(seats.values_list("user", "organisation__country__time_zone"))
