"""Which letters somebody gets, chosen on a page or ended by the link in a letter."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tibs.accounts.middleware import actor_in
from tibs.entrance.services.notifications import choose_letters, unsubscribe
from tibs.entrance.views.own_account import person_of
from tibs.events.models import MailWhen, NoticeKind
from tibs.events.preferences import choices_of
from tibs.events.unsubscribing import DIGEST, wish_of

ALL_DIGESTS = gettext_lazy("All digests")


class LettersForm(forms.Form):
    """One choice for each kind of notices. A field named as one of these, as "matches", would hide what scripts call
    on a form, so all names have a beginning."""

    prefix = "mail"

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as it came
        for kind in NoticeKind:
            self.fields[kind] = forms.ChoiceField(label=kind.label, choices=MailWhen.choices)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request: HttpRequest) -> HttpResponse:
    """Choose for each kind of notices when letters come."""
    person = person_of(request)
    chosen = {str(kind): choice.mail for kind, choice in choices_of([person.pk])[person.pk].items()}
    form = LettersForm(request.POST if request.method == "POST" else None, initial=chosen)
    if form.is_valid():
        choose_letters(user=person, choices=form.cleaned_data, by=actor_in(request))
        messages.success(request, gettext("Your choice is saved."))
        return redirect("account_notifications")
    rhythm = MailWhen.DAILY if actor_in(request).roles else MailWhen.WEEKLY
    return render(request, "account/notifications.html", {"form": form, "person": person, "rhythm": rhythm})


@login_not_required
@csrf_exempt  # mail programs post to it from nowhere (RFC 8058); the token says who wants what
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end_letters(request: HttpRequest, token: str) -> HttpResponse:
    """Where a letter can be ended: reading it changes nothing, its button and one-click mail programs do."""
    wish = wish_of(token)
    if wish is None:
        return render(request, "account/unsubscribe_dead.html", status=404)
    if request.method == "POST":
        unsubscribe(wish=wish)
    with override(wish.user.language):
        kind = ALL_DIGESTS if wish.kind == DIGEST else NoticeKind(wish.kind).label
        found = {"kind": str(kind), "is_done": request.method == "POST"}
        return render(request, "account/unsubscribe.html", found)
