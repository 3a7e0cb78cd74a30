"""What the platform tells people of firms by, and names firms with."""

from collections.abc import Iterable

from companies.models import Company, Contact
from tibs.accounts.actor import Actor


def zones_at_firms(users: Iterable[int]) -> dict[int, str]:
    """The time zone of the firm that each person speaks for, by primary key; one query."""
    contacts = Contact.objects.filter(user__in=list(users), company__erased_at=None).order_by("-pk")
    return {user: zone for user, zone in contacts.values_list("user", "company__country__time_zone") if user}


def company_names(public_ids: Iterable[str], reader: Actor) -> dict[str, str]:
    """The names of the companies that the reader may see, by public id; one query."""
    seen = Company.objects.visible_to(reader).filter(public_id__in=list(public_ids))
    return dict(seen.values_list("public_id", "name"))
