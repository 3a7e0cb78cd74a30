"""Which firms a company does not want to meet, and lifting that."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from companies.views.acts import company_worked_on, done_or_told
from companies.views.notes import crumbs_of
from matching.models import Block
from matching.presenting.blocks import blocks_of
from matching.services.blocks import lift_block
from tibs.accounts.middleware import actor_in


@require_safe
def company_blocks(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who set which block, why, and the way to lift it."""
    company = company_worked_on(request, public_id)
    context = {
        "company": company,
        "crumbs": crumbs_of(company),
        "rows": blocks_of(company, actor_in(request)),
    }
    return render(request, "matching/blocks.html", context)


@require_POST
def block_lift(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """The two companies may be matched again."""
    company = company_worked_on(request, public_id)
    actor = actor_in(request)
    block = get_object_or_404(Block.objects.visible_to(actor).filter(company=company), pk=pk)
    done_or_told(request, lambda: lift_block(block=block, by=actor), gettext("They may be matched again."))
    return redirect("company_blocks", company.public_id)
