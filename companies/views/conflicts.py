"""The page on which two versions of the same thing meet."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from companies.forms.conflicts import agreed, differences, now_read
from companies.models import Company


def conflict_page(
    request: HttpRequest, company: Company, title: str, mine: Form, theirs: Form
) -> HttpResponse:
    """Both versions field by field; what is chosen is sent to the same address, as a new try (409)."""
    context = {
        "company": company,
        "title": title,
        "differences": differences(mine, theirs),
        "sent_along": [*agreed(mine, theirs), *now_read(theirs), ("version", theirs.initial["version"])],
        "back": request.POST.get("back", ""),
    }
    return render(request, "companies/conflict.html", context, status=409)
