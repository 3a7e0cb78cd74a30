"""One batch of an import: compares it with what is stored, then writes the difference in bulk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from brokers.models import HostOrganisation
from companies.choices import Basis, CompanyKind, ProfileStatus, ProfileType, Stage
from companies.models import Company, CooperationProfile, ProfileText
from companies.services.companies import derive
from companies.services.imports.problems import Problem
from companies.services.imports.rows import ImportRow
from companies.services.profiles import profile_search_text
from companies.services.suppressions import register_key, source_key, suppressed

COMPANY_FIELDS = (
    "name", "country", "region", "city", "register_number", "website", "nace", "size_class", "kind", "host",
    "version", "search_text", "name_key", "web_domain", "updated_at",
)  # fmt: skip
PROFILE_FIELDS = ("type", "search_text", "updated_at")
TEXT_FIELDS = ("language", "offered", "sought", "version", "updated_at")


@dataclass
class Outcome:
    """How many rows were created, updated, found unchanged or left alone, and which were refused."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left_alone: int = 0
    problems: list[Problem] = field(default_factory=list)


class Batch:
    """The rows of one transaction; `carry_out` is called once."""

    def __init__(
        self, rows: Sequence[ImportRow], source: str, host_by_country: Mapping[str, HostOrganisation]
    ) -> None:
        self.rows = rows
        self.source = source
        self.hosts = host_by_country
        self.now = timezone.now()
        self.new: list[ProfileText] = []
        self.changed: list[ProfileText] = []

    def carry_out(self, *, dry_run: bool) -> Outcome:
        """Decide about each row; write unless this is a dry run."""
        stored = self._stored(lock=not dry_run)
        known = self._known()
        owners = self._owners_of_register_numbers()
        unwanted = suppressed(key for row in self.rows for key in self._keys(row))
        outcome = Outcome()
        for row in self.rows:
            text = stored.get(row.external_id)
            number = row.company.get("register_number")
            owner = owners.get((row.country, number)) if number else None
            if owner and (text is None or owner != text.profile.company_id):
                reason = _("Another company has the register number %(number)s.") % {"number": number}
                outcome.problems.append(Problem(row.line, "", reason))
            elif text is None and unwanted & self._keys(row):
                outcome.left_alone += 1
            elif text is None and row.external_id not in known:
                self.new.append(self._made(row))
                outcome.created += 1
            elif text is None or _is_out_of_our_hands(text.profile):
                outcome.left_alone += 1
            elif self._apply(row, text):
                self.changed.append(text)
                outcome.updated += 1
            else:
                outcome.unchanged += 1
        if not dry_run:
            self._write()
        return outcome

    def _keys(self, row: ImportRow) -> set[str]:
        """What a firm that was erased would be recognised by."""
        number = row.company.get("register_number") or ""
        return {source_key(self.source, row.external_id), register_key(row.country, number)} - {""}

    def _stored(self, *, lock: bool) -> dict[str, ProfileText]:
        """The stored texts with their profiles and companies, by the companies' ids at the source."""
        texts = ProfileText.objects.filter(
            is_original=True,
            profile__basis=Basis.PUBLIC_SOURCE,
            profile__company__source=self.source,
            profile__company__external_id__in=[row.external_id for row in self.rows],
        ).select_related("profile__company")
        if lock:
            texts = texts.select_for_update(of=("self", "profile", "profile__company"))
        return {text.profile.company.external_id: text for text in texts}

    def _known(self) -> set[str]:
        """Ids of companies of this source, with or without public facts."""
        ids = [row.external_id for row in self.rows]
        found = Company.objects.filter(source=self.source, external_id__in=ids)
        return set(found.values_list("external_id", flat=True))

    def _owners_of_register_numbers(self) -> dict[tuple[str, str], int]:
        numbers = {row.company.get("register_number") for row in self.rows} - {None, ""}
        found = Company.objects.filter(register_number__in=numbers) if numbers else Company.objects.none()
        return {(c.country_id, c.register_number): c.pk for c in found.only("country", "register_number")}

    def _made(self, row: ImportRow) -> ProfileText:
        """A lead of its country's host organisation, with a profile that is public facts only."""
        company = Company(
            source=self.source,
            external_id=row.external_id,
            stage=Stage.LEAD,
            host=self.hosts[row.country],
            language=row.text["language"],
            **{"kind": CompanyKind.OTHER} | row.company,
        )
        profile = CooperationProfile(
            company=company,
            basis=Basis.PUBLIC_SOURCE,
            status=ProfileStatus.PUBLISHED,
            published_at=self.now,
        )
        text = ProfileText(profile=profile, is_original=True, **row.text)
        self._derive(text)
        return text

    def _apply(self, row: ImportRow, text: ProfileText) -> bool:
        """Put the values of the row into the objects; whether any of them was different."""
        company = text.profile.company
        company_values = dict(row.company)
        if company.country_id != row.country:
            company_values["host_id"] = self.hosts[row.country].pk
        is_new_company = _set(company, company_values)
        is_new_text = _set(text, row.text)
        company.version += is_new_company
        text.version += is_new_text
        if is_new_company or is_new_text:
            self._derive(text)
        return is_new_company or is_new_text

    def _derive(self, text: ProfileText) -> None:
        company, profile = text.profile.company, text.profile
        derive(company)
        profile.search_text = profile_search_text([{"offered": text.offered, "sought": text.sought}])
        profile.type = ProfileType.BUSINESS_OFFER if text.offered else ProfileType.BUSINESS_REQUEST

    def _write(self) -> None:
        Company.objects.bulk_create([text.profile.company for text in self.new])
        CooperationProfile.objects.bulk_create([text.profile for text in self.new])
        ProfileText.objects.bulk_create(self.new)
        self._rewrite(Company, COMPANY_FIELDS, [text.profile.company for text in self.changed])
        self._rewrite(CooperationProfile, PROFILE_FIELDS, [text.profile for text in self.changed])
        self._rewrite(ProfileText, TEXT_FIELDS, self.changed)

    def _rewrite(self, model: type[Any], fields: Sequence[str], rows: Sequence[Any]) -> None:
        for row in rows:
            row.updated_at = self.now
        model.objects.bulk_update(rows, fields)


def _is_out_of_our_hands(profile: CooperationProfile) -> bool:
    """Whether the facts were withdrawn, or a broker has taken the company over."""
    return profile.status == ProfileStatus.WITHDRAWN or profile.company.owner_id is not None


def _set(thing: models.Model, values: Mapping[str, Any]) -> bool:
    changed = {name: value for name, value in values.items() if getattr(thing, name) != value}
    for name, value in changed.items():
        setattr(thing, name, value)
    return bool(changed)
