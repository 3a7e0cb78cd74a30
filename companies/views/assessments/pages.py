"""Pages that broker, firm and visitor share: a part of the questions, autosave, the result, its PDF file."""

from typing import TypedDict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from companies.assessments.instrument import FEASIBILITY
from companies.assessments.quick import areas_to_deepen
from companies.models import Assessment
from companies.selectors import complementary_count
from companies.services.assessments.answering import (
    answer_item,
    answer_items,
    leave_out_area,
    milliseconds,
)
from companies.services.assessments.starting import describe_firm
from companies.views.assessments.documents import document_of
from companies.views.assessments.questions import (
    answered_share,
    groups_of,
    read_answer,
    read_part,
    time_left,
    value_of,
)
from companies.views.assessments.results import result_page_of
from companies.views.assessments.sittings import FIRM_PART, QUICK_PART, Sitting
from tibs.accounts.actor import Actor
from tibs.core.errors import DomainError
from tibs.rendering.pdf import compile_pdf

LEFT_OUT = "out"
DESCRIPTION = ("stage", "sector")


class Where(TypedDict):
    """Whose answers are kept, and in which assessment."""

    assessment: Assessment
    rater: str
    by: Actor


def show_part(
    request: HttpRequest, sitting: Sitting, part: str, crumbs: list[tuple[str, str]]
) -> HttpResponse:
    """One page of questions; without JavaScript its button saves them all and goes on."""
    if part not in sitting.parts or not sitting.is_open:
        return HttpResponseNotFound() if part not in sitting.parts else redirect(sitting.url("result"))
    if request.method == "POST":
        return _save_part(request, sitting, part)
    context = {
        "sitting": sitting,
        "assessment": sitting.assessment,
        "crumbs": crumbs,
        "part": part,
        "title": _title(sitting, part),
        "groups": groups_of(sitting, part),
        "parts": [_link(sitting, one, part) for one in sitting.parts],
        "evidence": [(code, sitting.words.text("evidence", code)) for code in sitting.instrument.evidence],
        "no_such_area": sitting.words.text("answers", "no_such_area"),
        "time_left": time_left(sitting),
        "stages": _choices(sitting, "stages", sitting.instrument.stages, sitting.assessment.stage),
        "sectors": _choices(sitting, "sectors", sitting.instrument.sectors, sitting.assessment.sector),
        "partners": _partners(sitting, part),
        "feasibility": FEASIBILITY,
        "suggested": _suggested(sitting),
        "drawn_at": max(milliseconds(timezone.now()), *_orders(sitting)),
        "is_firm_part": part == FIRM_PART,
    }
    return render(request, "companies/assessments/part.html", context)


def save_answer(request: HttpRequest, sitting: Sitting) -> JsonResponse:
    """Autosave of one answer: 200 with what is kept, its order, the time left, and the items of its area to talk about.

    A refusal is 400 with its reason.

    A page that another person's session took over is told so: 409 for a visitor, whose link leads back to it,
    403 for people who can sign in again.
    """
    sent = request.POST
    if not is_of(sitting, sent):
        status = 409 if sitting.is_public else 403
        return JsonResponse({"error": gettext("This page belongs to another assessment.")}, status=status)
    try:
        order = int(sent.get("sequence", "")[:20])
        kept = _keep(sitting, sent, order)
        return JsonResponse(
            kept | {"left": time_left(sitting), "gaps": _gaps_in(sitting, sent.get("area", ""))}
        )
    except ValueError:
        return JsonResponse({"error": gettext("This answer was not understood.")}, status=400)
    except DomainError as error:
        return JsonResponse({"error": str(error), "code": error.code}, status=400)


def _gaps_in(sitting: Sitting, area: str) -> list[str]:
    """The items: who leaves out an area, or has it again, moves several."""
    return sorted(item for there, item in sitting.gaps if there == area)


def is_of(sitting: Sitting, sent: QueryDict) -> bool:
    """Whether what was sent comes from a page of this assessment and person, as far as it says."""
    return sent.get("page", sitting.key) == sitting.key


def _keep(sitting: Sitting, sent: QueryDict, order: int) -> dict[str, object]:
    area, item, value = sent.get("area", ""), sent.get("item", ""), sent.get("value", "")
    if item in DESCRIPTION and not area:
        told = describe_firm(
            assessment=sitting.assessment,
            by=sitting.actor,
            stage=value if item == "stage" else None,
            sector=value if item == "sector" else None,
            sequence=order,
        )
        return {"kept": getattr(told, item), "sequence": getattr(told, f"{item}_sequence")}
    where: Where = {"assessment": sitting.assessment, "rater": sitting.rater, "by": sitting.actor}
    if item == LEFT_OUT:
        is_out = leave_out_area(area=area, is_out=value == "1", sequence=order, **where)
        return {"kept": "1" if is_out else "0", "sequence": order}
    given = read_answer(value, area, item, sent.get("evidence", ""))
    kept = answer_item(given=given, sequence=order, **where)
    return {
        "kept": value_of(kept.value, kept.applies),
        "evidence": kept.evidence,
        "sequence": kept.sequence,
    }


def result_pdf(sitting: Sitting) -> HttpResponse:
    """The result in the reader's language, to take along."""
    page = result_page_of(sitting)
    made = compile_pdf("document", document_of(page))
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="tibs-{sitting.assessment.public_id}.pdf"'
    return answer


def _save_part(request: HttpRequest, sitting: Sitting, part: str) -> HttpResponse:
    sent = request.POST
    if not is_of(sitting, sent):
        messages.error(request, gettext("This page belongs to another assessment. Nothing was saved."))
        return redirect(sitting.part_url(part))
    if part == FIRM_PART:
        stage, sector = (_told(sent, name) for name in DESCRIPTION)
        describe_firm(assessment=sitting.assessment, by=sitting.actor, stage=stage, sector=sector)
    given, left_out = read_part(sitting, part, sent)
    answer_items(
        assessment=sitting.assessment,
        rater=sitting.rater,
        given=given,
        left_out=left_out,
        by=sitting.actor,
    )
    if part == FIRM_PART:
        return redirect(sitting.part_url(QUICK_PART))
    return redirect(sitting.url("result"))


def _told(sent: QueryDict, name: str) -> str | None:
    """What the reader chose; None where the page came back as it was drawn, or did not ask."""
    return None if sent.get(name) == sent.get(f"d_{name}") else sent.get(name)


def _title(sitting: Sitting, part: str) -> str:
    if part == FIRM_PART:
        return gettext("The firm as a whole")
    return gettext("Quick scan of all areas") if part == QUICK_PART else sitting.words.area(part)


def _link(sitting: Sitting, part: str, here: str) -> dict[str, object]:
    answered, asked = answered_share(sitting, part)
    return {
        "label": _title(sitting, part),
        "url": sitting.part_url(part),
        "answered": answered,
        "asked": asked,
        "is_current": part == here,
    }


def _partners(sitting: Sitting, part: str) -> int | None:
    """How many profiles may answer whether partners exist, for the broker who is asked."""
    company = sitting.assessment.company
    if company is None or not sitting.is_broker or part in (FIRM_PART, QUICK_PART):
        return None
    return complementary_count(company, sitting.instrument.area(part).cooperation)


def _suggested(sitting: Sitting) -> list[tuple[str, str]]:
    """Names and addresses of the areas that the quick scan puts first, for the broker who asks the full questions."""
    if not sitting.is_broker:
        return []
    best = areas_to_deepen(sitting.given(sitting.rater), sitting.instrument)
    return [(sitting.words.area(code), sitting.part_url(code)) for code in best]


def _orders(sitting: Sitting) -> list[int]:
    """Where the answers of a page stand. What is answered on it is newer, even where another clock was ahead."""
    told = sitting.assessment
    given = [one.sequence for (rater, _, _), one in sitting.answers.items() if rater == sitting.rater]
    return [told.stage_sequence, told.sector_sequence, *given]


def _choices(
    sitting: Sitting, table: str, codes: tuple[str, ...], chosen: str
) -> list[tuple[str, str, bool]]:
    return [(code, sitting.words.text(table, code), code == chosen) for code in codes]
