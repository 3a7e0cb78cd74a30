"""Which companies somebody sees, and questions about them."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission
from tibs.accounts.standing_in import falls_to
from tibs.core.search_text import fold

if TYPE_CHECKING:
    from companies.models.company import Company

    Rows = models.QuerySet[Company]
else:
    Rows = models.QuerySet

MOST_WORDS = 8


class CompanyQuerySet(Rows):
    def visible_to(self, actor: Actor) -> "CompanyQuerySet":
        """Companies hosted by the actor's organisations, its own companies, or all for network-wide readers.

        Nobody sees what was merged into another company, or what was erased.
        """
        present = self.filter(merged_into=None, erased_at=None)
        if not actor.may(Permission.READ_COMPANIES):
            return present.filter(pk__in=actor.companies)
        if actor.may_everywhere(Permission.READ_COMPANIES):
            return present
        return present.filter(Q(host__in=actor.organisations) | Q(pk__in=actor.companies))

    def in_care_of(self, actor: Actor) -> "CompanyQuerySet":
        """What waits for the actor: for coordinators all companies of their organisations, for brokers those
        they are responsible for, those of colleagues who are away and named them as deputy, and those that nobody
        is responsible for yet."""
        hosted = self.filter(host__in=actor.organisations, merged_into=None, erased_at=None)
        if actor.coordinates == actor.organisations:
            return hosted
        own = Q(host__in=actor.coordinates) | falls_to(actor, "owner")
        return hosted.filter(own | Q(owner=None))

    def search(self, words: str) -> "CompanyQuerySet":
        """Companies whose name, town or number holds every word, whatever the accents; eight words are enough."""
        found = self
        for word in fold(words).split()[:MOST_WORDS]:
            found = found.filter(search_text__contains=word)
        return found

    def locked(self) -> "CompanyQuerySet":
        """These companies, held until the transaction ends; rows that refer to them can still be written."""
        return self.select_for_update(of=["self"], no_key=True)
