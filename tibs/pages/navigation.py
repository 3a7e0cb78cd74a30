"""The main navigation: at most seven places that the reader may open, and the tabs of the one they are in."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tibs.accounts.actor import VISITOR, Actor
from tibs.accounts.middleware import actor_in
from tibs.accounts.permissions import Permission

type Who = Callable[[Actor], bool]
# Who holds many roles finds the last places under "More".
MOST = 7


def holders(permission: Permission) -> Who:
    """Those of whom one role holds it."""
    return lambda actor: actor.may(permission)


def everybody(_actor: Actor) -> bool:
    return True


def people(actor: Actor) -> bool:
    return actor.is_person


def visitors(actor: Actor) -> bool:
    return not actor.is_person


def firms(actor: Actor) -> bool:
    return bool(actor.companies)


def unplaced(actor: Actor) -> bool:
    """Whoever has no day's work of their own to begin with."""
    return not actor.may(Permission.READ_MATCHES)


@dataclass(frozen=True)
class Tab:
    """A page of a place for `who`; the pages below it are named by how their routes begin (`below`)."""

    label: Promise
    route: str
    who: Who = everybody
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """An entry, which leads to the first of its tabs that the reader may open; nobody sees one without a tab."""

    label: Promise
    tabs: tuple[Tab, ...]


@dataclass(frozen=True)
class Link:
    """An entry as it is drawn."""

    label: str
    url: str
    is_current: bool


_matches, _companies = holders(Permission.READ_MATCHES), holders(Permission.READ_COMPANIES)
_teams, _reports = holders(Permission.MANAGE_TEAMS), holders(Permission.READ_REPORTS)
_release = holders(Permission.RELEASE_REGISTRATIONS)

PLACES = (
    Place(_("Home"), (Tab(_("Home"), "home", unplaced),)),
    Place(_("My company"), (Tab(_("My company"), "my_companies", firms, ("own_",)),)),
    Place(
        _("My work"),
        (
            Tab(_("Today"), "broker_home", _matches),
            Tab(_("Inbox"), "inbox", _matches),
            Tab(_("To read"), "reviews", _matches, ("review",)),
            Tab(_("Interest"), "interests", _matches, ("interest",)),
        ),
    ),
    Place(
        _("Companies"),
        (
            Tab(
                _("Companies"),
                "companies",
                _companies,
                ("company", "companies_", "contact_", "assessment_", "profile_", "new_company", "saved_view"),
            ),
            Tab(_("Pipeline"), "pipeline", _companies),
            Tab(_("Held registrations"), "held_registrations", _release),
        ),
    ),
    Place(
        _("Matches"),
        (
            Tab(_("Matches to review"), "match_review", _matches, ("match_", "view_request")),
            Tab(_("Shortlist"), "match_shortlist", _matches),
            Tab(_("Partner search"), "partner_search", holders(Permission.SEARCH_PARTNERS)),
        ),
    ),
    Place(_("Introductions"), (Tab(_("Introductions"), "introductions", _matches, ("introduction",)),)),
    Place(
        _("Cooperations"),
        (
            Tab(
                _("Cooperations"),
                "cooperations",
                _matches,
                ("cooperation", "meeting", "follow_up", "agreement"),
            ),
            Tab(_("Joint strategies"), "strategies", _matches, ("strategy",)),
            Tab(
                _("Agreements to validate"),
                "agreements_to_validate",
                lambda actor: _matches(actor) or _release(actor),
                ("agreement",),
            ),
        ),
    ),
    Place(
        _("Opportunities"),
        (
            Tab(_("Opportunities"), "opportunities", everybody, ("opportunity",)),
            Tab(_("Saved searches"), "searches", people, ("search_",)),
        ),
    ),
    Place(
        _("Brokers"),
        (
            Tab(_("Brokers"), "directory"),
            Tab(_("All brokers"), "broker_network", holders(Permission.READ_NETWORK)),
            Tab(_("Team"), "teams", _teams, ("team", "broker_profile", "platform_", "default_broker")),
        ),
    ),
    Place(
        _("Self-assessment"),
        (Tab(_("Self-assessment"), "self_assessment", visitors, ("self_assessment_",)),),
    ),
    Place(
        _("Reports"),
        (
            Tab(_("Corridors"), "corridors", _reports),
            Tab(_("Assessments"), "assessment_report", _reports),
            Tab(_("Parked work"), "parked", holders(Permission.REPEAT_WORK)),
        ),
    ),
)


def navigation(request: HttpRequest) -> dict[str, list[Link]]:
    """`navigation`: the places of this reader, `more_places`: those that did not fit, `tabs`: of the present place if
    it has more than one. A page drawn before the reader is known shows what is public."""
    actor = actor_in(request) if hasattr(request, "actor") else VISITOR
    match = request.resolver_match
    here = (match.url_name if match else None) or ""
    open_places = [(place, [tab for tab in place.tabs if tab.who(actor)]) for place in PLACES]
    seen = [(place, tabs) for place, tabs in open_places if tabs]
    current = _tab_of(here, [tab for _place, tabs in seen for tab in tabs])
    links = [_link(str(place.label), tabs[0], current in tabs) for place, tabs in seen]
    shown = links if len(links) <= MOST else links[: MOST - 1]
    return {
        "navigation": shown,
        "more_places": links[len(shown) :],
        "tabs": next(
            (
                [_link(str(tab.label), tab, tab is current) for tab in tabs]
                for _place, tabs in seen
                if current in tabs and len(tabs) > 1
            ),
            [],
        ),
    }


def _tab_of(here: str, tabs: list[Tab]) -> Tab | None:
    """The tab with this route, else the first one below which the page stands."""
    below = (tab for tab in tabs if tab.below and here.startswith(tab.below))
    return next((tab for tab in tabs if tab.route == here), None) or next(below, None)


def _link(label: str, tab: Tab, is_current: bool) -> Link:
    return Link(label=label, url=reverse(tab.route), is_current=is_current)
