"""The main navigation: what the reader may open, and where they are."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tibs.accounts.actor import Actor
from tibs.accounts.middleware import actor_in
from tibs.accounts.permissions import Permission


@dataclass(frozen=True)
class Place:
    """An entry for those who hold `permission`, or for everybody; `inside` names the routes that belong to it.

    `of_firms` leaves it to people of firms, `of_visitors` to those who have not signed in.
    """

    label: Promise
    route: str
    permission: Permission | None = None
    inside: frozenset[str] = frozenset()
    of_firms: bool = False
    of_visitors: bool = False


@dataclass(frozen=True)
class Link:
    """An entry as it is drawn."""

    label: str
    url: str
    is_current: bool


PLACES = (
    Place(_("Home"), "home"),
    Place(
        _("My company"),
        "my_companies",
        inside=frozenset(
            {
                "own_company",
                "own_data",
                "own_consents",
                "own_seen",
                "own_messages",
                "own_export",
                "own_erasure",
                "own_introductions",
                "own_introduction",
                "own_partners",
            }
        ),
        of_firms=True,
    ),
    Place(_("My work"), "broker_home", Permission.READ_MATCHES),
    Place(_("Pipeline"), "pipeline", Permission.READ_COMPANIES),
    Place(
        _("Companies"),
        "companies",
        Permission.READ_COMPANIES,
        frozenset({"company", "new_company", "profile_matches"}),
    ),
    Place(
        _("Matches"),
        "match_review",
        Permission.READ_MATCHES,
        frozenset({"match_shortlist", "match_compare", "match_ask", "view_request"}),
    ),
    Place(_("Held registrations"), "held_registrations", Permission.RELEASE_REGISTRATIONS),
    Place(
        _("Introductions"),
        "introductions",
        Permission.READ_MATCHES,
        frozenset({"introduction", "introduction_texts", "introduction_contacts"}),
    ),
    Place(
        _("Cooperations"),
        "cooperations",
        Permission.READ_MATCHES,
        frozenset({"cooperation", "agreement", "strategies", "strategy"}),
    ),
    Place(_("Agreements to validate"), "agreements_to_validate", Permission.RELEASE_REGISTRATIONS),
    Place(_("Partner search"), "partner_search", Permission.SEARCH_PARTNERS),
    Place(_("Opportunities"), "opportunities", inside=frozenset({"opportunity"})),
    Place(_("Brokers"), "directory"),
    Place(
        _("Self-assessment"),
        "self_assessment",
        inside=frozenset({"self_assessment_part", "self_assessment_result"}),
        of_visitors=True,
    ),
    Place(
        _("Team"),
        "teams",
        Permission.MANAGE_TEAMS,
        frozenset(
            {"team", "team_invite", "team_leave", "broker_profile", "platform_team", "default_brokers"}
        ),
    ),
    Place(_("Reports"), "corridors", Permission.READ_REPORTS, frozenset({"assessment_report"})),
)


def navigation(request: HttpRequest) -> dict[str, list[Link]]:
    """`navigation`: the entries for this reader; a page drawn before the reader is known shows what is public."""
    actor = actor_in(request) if hasattr(request, "actor") else None
    here = request.resolver_match.url_name if request.resolver_match else None
    return {
        "navigation": [
            Link(
                label=str(place.label),
                url=reverse(place.route),
                is_current=here == place.route or here in place.inside,
            )
            for place in PLACES
            if _may_open(place, actor)
        ]
    }


def _may_open(place: Place, actor: Actor | None) -> bool:
    if place.of_visitors:
        return actor is None or not actor.is_person
    if place.of_firms:
        return actor is not None and bool(actor.companies)
    return place.permission is None or (actor is not None and actor.may(place.permission))
