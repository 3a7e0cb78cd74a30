"""What search engines are told: which pages there are, and which are not for them."""

from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from companies.models import CooperationProfile
from tibs.core.links import absolute

PAGES = (
    "home",
    "opportunities",
    "directory",
    "self_assessment",
    "register",
    "help",
    "privacy",
    "accessibility",
)
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# The most that one sitemap may hold.
MOST = 50_000
NOT_FOR_ROBOTS = (
    "/account/",
    "/api/v1/",
    "/companies/",
    "/mine/",
    "/matches/",
    "/search/",
    "/work/",
    "/searches/",
)


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page, and every published profile with the day of its last change. One query."""
    profiles = CooperationProfile.objects.published().order_by("-published_at", "-id")
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement("urlset", AttributesImpl({"xmlns": NAMESPACE}))
    for name in PAGES:
        _write(xml, reverse(name))
    for reference, changed_at in profiles.values_list("reference", "updated_at")[: MOST - len(PAGES)]:
        _write(xml, reverse("opportunity", args=[reference]), changed_at.date().isoformat())
    xml.endElement("urlset")
    xml.endDocument()
    return HttpResponse(out.getvalue(), content_type="application/xml; charset=utf-8")


@login_not_required
@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """Public pages are for everybody; filtered lists have no end, so crawlers leave them out."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines += ["Disallow: /opportunities/?", f"Sitemap: {absolute(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _write(xml: SimplerXMLGenerator, path: str, changed: str = "") -> None:
    xml.startElement("url", AttributesImpl({}))
    xml.addQuickElement("loc", absolute(path))
    if changed:
        xml.addQuickElement("lastmod", changed)
    xml.endElement("url")
