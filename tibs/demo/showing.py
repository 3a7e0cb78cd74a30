"""What the demonstration prints."""

import sys
from typing import TextIO

from companies.choices import ProfileStatus
from companies.models import Company, Contact
from matching.choices import IntroductionStatus
from matching.models import Match, MatchRun, RunStatus
from matching.services.cards import cards_of
from matching.wording import reason_sentence
from tibs.accounts.models import User
from tibs.accounts.roles import PLATFORM_ROLES, RoleCode
from tibs.demo.links import login_path

WIDTH = 40


class ProgressBar:
    """One line that grows on a terminal; elsewhere one line for each new stage."""

    def __init__(self, out: TextIO = sys.stdout) -> None:
        self.out = out
        self.stage = ""

    def show(self, run: MatchRun, done: int, total: int) -> None:
        """Draw the state of `run`: its stage, and how many of its parts are done."""
        stage = str(RunStatus(run.status).label)
        if self.out.isatty():
            filled = WIDTH * done // max(total, 1)
            self.out.write(f"\r  {stage:<24}[{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{total} ")
        elif stage != self.stage:
            self.out.write(f"  {stage} ({total})\n")
        self.stage = stage
        self.out.flush()

    def end(self) -> None:
        self.out.write("\n" if self.out.isatty() else "")


def best_pairs(count: int = 10) -> list[str]:
    """The best pairs of the newest run, each with its countries, its score and its first reasons."""
    best = Match.objects.filter(is_current=True).select_related(
        "run", "first__company__country", "second__company__country"
    )
    lines = []
    for place, match in enumerate(best.order_by("-score", "public_id")[:count], start=1):
        first, second = match.first.company, match.second.company
        pair = f"{first.name} ({first.country_id}) – {second.name} ({second.country_id})"
        lines.append(f"{place:3}. {match.score:.3f}  {pair}")
        explanation = cards_of(match.first, [match])[0].explanation
        if explanation:
            lines += [f"       {reason_sentence(reason, explanation)}" for reason in explanation.reasons]
    return lines


def login_links(address: str) -> list[str]:
    """One login link for each role, one for each country's first broker and first firm that has to decide something."""
    people: dict[str, User] = {}
    members = User.objects.filter(memberships__isnull=False).order_by("pk")
    for user in members.select_related().prefetch_related("memberships__organisation"):
        for membership in user.memberships.all():
            role = RoleCode(membership.role)
            country = membership.organisation.country_id
            key = f"{role}, {country}" if role == RoleCode.BROKER else str(role)
            people.setdefault(key, user)
    for role in PLATFORM_ROLES:
        people |= {str(role): user for user in User.objects.filter(platform_role=role).order_by("pk")[:1]}
    for country, user in _deciding():
        people.setdefault(f"firm, {country}", user)
    return [f"  {label:<14} {user.name:<24} {address}{login_path(user)}" for label, user in people.items()]


def _deciding() -> list[tuple[str, User]]:
    """People of firms that have a profile to approve or an introduction to decide about, with their countries."""
    approving = Company.objects.filter(profiles__status=ProfileStatus.COMPANY_APPROVAL)
    asked = Company.objects.filter(introductions_received__status=IntroductionStatus.WITH_PARTNER)
    keys = [*approving.values_list("pk", flat=True), *asked.values_list("pk", flat=True)]
    contacts = Contact.objects.filter(company__in=keys, user__is_active=True).select_related(
        "company", "user"
    )
    found = [(contact.company.country_id, contact.user) for contact in contacts.order_by("company", "pk")]
    return [(country, user) for country, user in found if user]
