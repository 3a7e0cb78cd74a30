"""Pages on which administrators let partner sites call the API."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from brokers.forms.sites import KeyForm, SiteForm
from brokers.models import ApiClient, ApiKey
from brokers.policies import can_administer, require
from brokers.services.api_keys import add_client, make_key, revoke_key
from tibs.accounts.middleware import actor_in
from tibs.core.errors import DomainError
from tibs.core.refusals import show_in
from tibs.entrance.recency import recently_authenticated


@require_http_methods(["GET", "HEAD", "POST"])
def sites(request: HttpRequest) -> HttpResponse:
    """The partner sites, and a form to let another one in."""
    actor = actor_in(request)
    require(can_administer(actor))
    form = SiteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            client = add_client(**form.facts(), by=actor)
        except DomainError as error:
            show_in(form, error)
        else:
            return redirect("partner_site", client.public_id)
    context = {
        "sites": ApiClient.objects.select_related("organisation").order_by("name"),
        "form": form,
        "crumbs": [(gettext("Team"), reverse("teams"))],
    }
    return render(request, "brokers/sites.html", context, status=400 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def site(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A partner site and its keys. A new key is in the answer to the form that made it, and nowhere else."""
    require(can_administer(actor_in(request)))
    client = get_object_or_404(ApiClient.objects.select_related("organisation"), public_id=public_id)
    return _new_key(request, client) if request.method == "POST" else _show(request, client, KeyForm())


@recently_authenticated
def _new_key(request: HttpRequest, client: ApiClient) -> HttpResponse:
    form, text = KeyForm(request.POST), ""
    if form.is_valid():
        try:
            _key, text = make_key(
                client=client, **form.cleaned_data, by=actor_in(request), now=timezone.now()
            )
        except DomainError as error:
            show_in(form, error)
    return _show(request, client, KeyForm() if text else form, text)


def _show(request: HttpRequest, client: ApiClient, form: KeyForm, text: str = "") -> HttpResponse:
    context = {
        "site": client,
        "keys": client.keys.order_by("-created_at", "-pk"),
        "now": timezone.now(),
        "form": form,
        "new_key": text,
        "crumbs": [
            (gettext("Team"), reverse("teams")),
            (gettext("Partner sites"), reverse("partner_sites")),
        ],
    }
    return render(request, "brokers/site.html", context, status=400 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, public_id: str, prefix: str) -> HttpResponse:
    """Make a key useless."""
    require(can_administer(actor_in(request)))
    key = get_object_or_404(
        ApiKey.objects.select_related("client"), client__public_id=public_id, prefix=prefix
    )
    revoke_key(key=key, by=actor_in(request), now=timezone.now())
    messages.success(request, gettext("The key was revoked."))
    return redirect("partner_site", public_id)
