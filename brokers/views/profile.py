"""What a broker can do: the own page, and the coordinator's."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from brokers.forms.profile import BrokerForm, TrainingForm
from brokers.models import Broker, Training
from brokers.policies import can_change_broker, require
from brokers.services.profiles import change_broker
from brokers.services.trainings import add_training, change_training, remove_training
from brokers.views.team import managed, member_of
from tibs.accounts.middleware import actor_in
from tibs.accounts.roles import RoleCode
from tibs.core.errors import DomainError
from tibs.core.refusals import show_in

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
def own_profile(request: HttpRequest) -> HttpResponse:
    """The reader's own profile as a broker."""
    return _profile(request, own_broker(request), "own_broker", [])


@require_http_methods(BOTH)
def broker_profile(request: HttpRequest, public_id: str, user_id: str) -> HttpResponse:
    """The profile of a broker, for whoever manages the organisation."""
    organisation = managed(request, public_id)
    found = _brokers().filter(membership__organisation=organisation)
    broker = get_object_or_404(found, membership__user=member_of(organisation, user_id))
    crumbs = [
        (gettext("Team"), reverse("teams")),
        (organisation.short_name, reverse("team", args=[public_id])),
    ]
    return _profile(request, broker, reverse("broker_profile", args=[public_id, user_id]), crumbs)


def _profile(request: HttpRequest, broker: Broker, here: str, crumbs: list[tuple[str, str]]) -> HttpResponse:
    form = BrokerForm(request.POST if request.method == "POST" else None, broker=broker)
    if request.method == "POST" and form.is_valid():
        try:
            change_broker(broker=broker, profile=form.profile(), by=actor_in(request))
        except DomainError as error:
            show_in(form, error)
        else:
            messages.success(request, gettext("The profile was saved."))
            return redirect(here)
    context = {
        "broker": broker,
        "is_own": broker.membership.user.public_id == actor_in(request).id,
        "crumbs": crumbs,
        "form": form,
        "trainings": list(broker.trainings.order_by("-held_date", "-pk")),
        "today": timezone.localdate(),
    }
    return render(request, "brokers/profile.html", context, status=400 if form.errors else 200)


@require_http_methods(BOTH)
def new_training(request: HttpRequest, public_id: str, user_id: str) -> HttpResponse:
    """Add a training to the own profile, or to that of a broker whose organisation the reader manages."""
    found = _brokers().filter(membership__organisation__public_id=public_id)
    broker = get_object_or_404(found, membership__user__public_id=user_id)
    _show_or_hide(request, broker)
    form = TrainingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            add_training(broker=broker, facts=form.facts(), by=actor_in(request))
        except DomainError as error:
            show_in(form, error)
        else:
            return redirect(page_of(broker, request))
    return _training(request, form, broker, None)


@require_http_methods(BOTH)
def training(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct a training."""
    found = _training_of(request, public_id)
    initial = TrainingForm.initial_of(found)
    form = TrainingForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_training(training=found, facts=form.facts(), by=actor_in(request))
        except DomainError as error:
            show_in(form, error)
        else:
            return redirect(page_of(found.broker, request))
    return _training(request, form, found.broker, found)


@require_POST
def drop_training(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a training off a profile."""
    found = _training_of(request, public_id)
    remove_training(training=found, by=actor_in(request))
    messages.success(request, gettext("The training was removed."))
    return redirect(page_of(found.broker, request))


def own_broker(request: HttpRequest) -> Broker:
    """The first broker that the reader is; 403 for those who are none."""
    actor = actor_in(request)
    require(RoleCode.BROKER in actor.roles)
    mine = _brokers().filter(membership__user__public_id=actor.id).order_by("pk").first()
    if mine is None:
        raise Http404
    return mine


def page_of(broker: Broker, request: HttpRequest) -> str:
    """Where the reader sees this profile."""
    membership = broker.membership
    if membership.user.public_id == actor_in(request).id:
        return reverse("own_broker")
    return reverse("broker_profile", args=[membership.organisation.public_id, membership.user.public_id])


def _brokers() -> QuerySet[Broker]:
    rows = Broker.objects.in_service().with_people().select_related("deputy__membership__user")
    return rows.prefetch_related("domains")


def _show_or_hide(request: HttpRequest, broker: Broker) -> None:
    if not can_change_broker(actor_in(request), broker):
        raise Http404


def _training_of(request: HttpRequest, public_id: str) -> Training:
    rows = Training.objects.select_related("broker__membership__user", "broker__membership__organisation")
    found = get_object_or_404(rows, public_id=public_id)
    _show_or_hide(request, found.broker)
    return found


def _training(
    request: HttpRequest, form: TrainingForm, broker: Broker, training: Training | None
) -> HttpResponse:
    context = {
        "form": form,
        "training": training,
        "crumbs": [(broker.membership.user.name, page_of(broker, request))],
    }
    return render(request, "brokers/training.html", context, status=400 if form.errors else 200)
