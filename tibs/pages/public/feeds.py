"""The newest opportunities for feed readers and partner sites: Atom, and JSON Feed 1.1.

Only of companies that agreed to be passed on, and never with a name. The filters are those of the catalogue; `?lang=`
names the language, English without it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from companies.catalogue.search import NEWEST_FIRST, Search, narrowed
from companies.catalogue.syndicated import Withdrawn, changed_at, syndicated, withdrawn
from companies.models import CooperationProfile
from tibs.api.conditional import etag_of
from tibs.core.links import absolute
from tibs.pages.public.asked_language import asked_language
from tibs.pages.public.filters import described
from tibs.pages.public.forms import CatalogueForm
from tibs.pages.public.opportunities import opportunity_of, public_profiles

MOST_ITEMS = 100
FRESH_SECONDS = 300
LANGUAGE = "en"
JSON_FEED = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True)
class Feed:
    """What both forms of a feed tell. Times are UTC."""

    title: str
    language: str
    page_url: str
    feed_url: str
    profiles: list[CooperationProfile]
    gone: list[Withdrawn]

    @property
    def changed_at(self) -> datetime | None:
        """When anything of it last changed; None while it is empty."""
        return max([*map(changed_at, self.profiles), *(one.at for one in self.gone)], default=None)


class MarkedAtom(Atom1Feed):
    """Atom whose entries say their language: a text may be there in another one than was asked for."""

    def item_attributes(self, item: Any) -> dict[str, Any]:
        return {"xml:lang": item["language"]}


@login_not_required
@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """The newest opportunities as Atom (RFC 4287)."""
    return _answer(request, _as_atom, "application/atom+xml; charset=utf-8")


@login_not_required
@require_safe
def json_feed(request: HttpRequest) -> HttpResponse:
    """The same as JSON Feed 1.1, which also names what was withdrawn of late, so that copies can follow."""
    return _answer(request, _as_json, "application/feed+json; charset=utf-8")


def _answer(request: HttpRequest, write: Callable[[Feed], str], content_type: str) -> HttpResponse:
    language = asked_language(request) or LANGUAGE
    with override(language):
        form = CatalogueForm(request.GET)
        if not form.is_valid():
            return HttpResponse(
                _("There is no such filter."), status=400, content_type="text/plain; charset=utf-8"
            )
        feed = _feed(request, form.search, form, language)
        body = write(feed)
    etag = etag_of(body)
    response = get_conditional_response(request, etag=etag) or HttpResponse(body, content_type=content_type)
    response.headers["ETag"] = etag
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    if feed.changed_at:
        response.headers["Last-Modified"] = http_date(feed.changed_at.timestamp())
    return response


def _feed(request: HttpRequest, search: Search, form: CatalogueForm, language: str) -> Feed:
    query = search.as_query()
    found = narrowed(syndicated(public_profiles()), search).order_by(*NEWEST_FIRST)
    return Feed(
        title=_("TIBS: %(search)s") % {"search": described(form)},
        language=language,
        page_url=absolute(reverse("opportunities")) + (f"?{query}" if query else ""),
        feed_url=absolute(f"{request.path}?{search.as_query(lang=language)}"),
        profiles=list(found[:MOST_ITEMS]),
        gone=withdrawn(timezone.now()),
    )


def _as_atom(feed: Feed) -> str:
    described_as = _("What firms around the Baltic Sea offer and seek, without their names.")
    out = MarkedAtom(
        title=feed.title,
        link=feed.page_url,
        description=described_as,
        subtitle=described_as,
        language=feed.language,
        feed_url=feed.feed_url,
        feed_guid=feed.feed_url,
        author_name="TIBS",
    )
    for profile in feed.profiles:
        shown = opportunity_of(profile)
        words = shown.summary or shown.title
        out.add_item(
            title=shown.title.text,
            link=absolute(shown.url),
            description=words.text,
            unique_id=absolute(shown.url),
            pubdate=profile.published_at,
            updateddate=changed_at(profile),
            categories=[label for label in (shown.type, shown.area, shown.domain, shown.country) if label],
            language=shown.title.language,
        )
    return out.writeString("utf-8")


def _as_json(feed: Feed) -> str:
    said = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.feed_url,
        "language": feed.language,
        "items": [_item(profile, feed.language) for profile in feed.profiles],
        "_tibs": {
            "withdrawn": [
                {
                    "id": absolute(reverse("opportunity", args=[one.reference])),
                    "reference": one.reference,
                    "withdrawn_at": one.at.isoformat(),
                }
                for one in feed.gone
            ]
        },
    }
    return json.dumps(said, ensure_ascii=False)


def _item(profile: CooperationProfile, language: str) -> dict[str, Any]:
    shown = opportunity_of(profile)
    words = shown.summary or shown.title
    return {
        "id": absolute(shown.url),
        "url": absolute(shown.url),
        "title": shown.title.text,
        "content_text": words.text,
        "language": shown.title.language,
        "date_published": _utc(profile.published_at),
        "date_modified": _utc(changed_at(profile)),
        "tags": [label for label in (shown.type, shown.area, shown.domain, shown.country) if label],
        "_tibs": {
            "reference": shown.reference,
            "type": profile.type,
            "area": profile.area,
            "domain": profile.domain_id,
            "country": profile.company.country_id,
            "open_for_interest": profile.open_for_interest,
            "expires_at": _utc(profile.expires_at),
            "is_other_language": shown.title.language != language,
        },
    }


def _utc(time: datetime | None) -> str:
    return time.isoformat() if time else ""
