"""The public language switch."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from tibs.accounts.services import choose_language


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Show TIBS in another language from now on; a signed-in person gets it on every device."""
    language = request.POST.get("language", "")
    if (
        request.user.is_authenticated
        and check_for_language(language)
        and language in dict(settings.LANGUAGES)
    ):
        choose_language(user=request.user, language=language)
    return django_set_language(request)
