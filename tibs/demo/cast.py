"""Who acts in the story, and where its words stand."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from companies.models import Company, CooperationProfile
from tibs.accounts.actor import Actor, actor_of, system
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode

STORY = Path(__file__).parent / "story"
TELLER = system("demo")


@cache
def read(name: str) -> dict[str, list[dict[str, Any]]]:
    """One file of the story; nobody changes what it holds."""
    return tomllib.loads((STORY / f"{name}.toml").read_text(encoding="utf-8"))


class Cast:
    """Finds companies by their keys in the story, and the actors who serve or represent them."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._actors: dict[int, Actor] = {}

    def company(self, key: str) -> Company:
        """The company as it stands now, with its broker."""
        rows = Company.objects.select_related("owner", "country", "host")
        return rows.get(source=self.source, external_id=key)

    def profile(self, key: str) -> CooperationProfile:
        """The first profile of a company, which is the one of the files of companies."""
        rows = CooperationProfile.objects.select_related("company__owner", "company__country")
        found = rows.filter(company__source=self.source, company__external_id=key).order_by("pk").first()
        if found is None:
            raise LookupError(key)
        return found

    def actor(self, user: User) -> Actor:
        """Somebody as the services know them; what they belong to does not change during the story."""
        if user.pk not in self._actors:
            self._actors[user.pk] = actor_of(user)
        return self._actors[user.pk]

    def broker(self, company: Company) -> Actor:
        """Who serves the company."""
        if company.owner is None:
            raise LookupError(f"Nobody serves {company}.")
        return self.actor(company.owner)

    def firm(self, company: Company) -> Actor:
        """Somebody of the company who can sign in; until then its broker writes down what it says."""
        contact = company.contacts.filter(user__isnull=False).select_related("user").order_by("pk").first()
        return self.actor(contact.user) if contact and contact.user else self.broker(company)

    def signer(self, company: Company) -> str:
        """Who signs for the company."""
        contact = company.contacts.order_by("pk").first()
        return contact.name if contact else company.name

    def staff(self) -> Actor:
        return self.actor(User.objects.filter(platform_role=RoleCode.STAFF).order_by("pk")[0])

    def person(self, email: str) -> User:
        return User.objects.get(email=email)
