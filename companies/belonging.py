"""Which rows of the whole database belong to a firm and to the accounts of its people, by the data map."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from companies.data_map import Table
from companies.models import Company, Contact
from tibs.accounts.models import User


@dataclass(frozen=True)
class Belonging:
    """Everything by which a row may point to a firm.

    `companies` are the keys of the firm and of the entries that were merged into it, `users` those accounts that
    serve this firm and nobody else, `public_ids` those of the firm, its registrations, profiles and accounts.
    """

    companies: frozenset[int]
    users: frozenset[int]
    public_ids: frozenset[str]
    addresses: frozenset[str]

    def rows(self, table: Table) -> QuerySet[Any]:
        """The rows of one table that belong to the firm; none where the map names no way to it."""
        ways = [
            *((lookup, self.companies) for lookup in table.of_company),
            *((lookup, self.public_ids) for lookup in table.of_public_id),
            *((lookup, self.addresses) for lookup in table.of_address),
            *((lookup, self.users) for lookup in table.of_user),
        ]
        manager = table.model._default_manager
        if not ways:
            return manager.none()
        return manager.filter(reduce(or_, (Q(**{f"{lookup}__in": values}) for lookup, values in ways)))


def belonging_of(company: Company) -> Belonging:
    """Follow the merges, the people and their accounts."""
    keys = {company.pk}
    while absorbed := set(Company.objects.filter(merged_into__in=keys).values_list("pk", flat=True)) - keys:
        keys |= absorbed
    contacts = Contact.objects.filter(company__in=keys)
    users = set(contacts.exclude(user=None).values_list("user", flat=True)) - _users_needed_elsewhere(keys)
    people = User.objects.filter(pk__in=users)
    public_ids = [
        *Company.objects.filter(pk__in=keys).values_list("public_id", flat=True),
        *company.registrations.model.objects.filter(company__in=keys).values_list("public_id", flat=True),
        *company.profiles.model.objects.filter(company__in=keys).values_list("public_id", flat=True),
        *people.values_list("public_id", flat=True),
    ]
    addresses = set(people.values_list("email", flat=True)) | {
        address
        for address in contacts.values_list("email", flat=True)
        if not Contact.objects.filter(email=address).exclude(company__in=keys).exists()
    }
    return Belonging(frozenset(keys), frozenset(users), frozenset(public_ids), frozenset(addresses))


def _users_needed_elsewhere(keys: set[int]) -> set[int]:
    """Accounts that also serve another firm, a host organisation or the platform."""
    elsewhere = Q(contacts__in=Contact.objects.exclude(company__in=keys))
    needed = User.objects.filter(elsewhere | Q(memberships__isnull=False) | ~Q(platform_role=""))
    return set(needed.filter(contacts__company__in=keys).values_list("pk", flat=True))
