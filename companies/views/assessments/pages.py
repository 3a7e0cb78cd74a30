"""Pages that broker, firm and visitor share: a part of the questions, autosave, the result, its PDF file."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from companies.assessments.instrument import FEASIBILITY
from companies.assessments.quick import areas_to_deepen
from companies.selectors import complementary_count
from companies.services.assessments.answering import (
    answer_item,
    answer_items,
    leave_out_area,
)
from companies.services.assessments.starting import describe_firm
from companies.views.assessments.documents import document_of
from companies.views.assessments.questions import (
    answered_share,
    groups_of,
    minutes_left,
    read_answer,
    read_part,
)
from companies.views.assessments.results import result_page_of
from companies.views.assessments.sittings import FIRM_PART, QUICK_PART, Sitting
from tibs.core.errors import DomainError
from tibs.rendering.pdf import compile_pdf

LEFT_OUT = "out"


def show_part(
    request: HttpRequest, sitting: Sitting, part: str, crumbs: list[tuple[str, str]], resume_link: str = ""
) -> HttpResponse:
    """One page of questions; without JavaScript its button saves them all and goes on.

    `resume_link` brings a visitor without an account back to it.
    """
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
        "minutes": minutes_left(sitting),
        "stages": _choices(sitting, "stages", sitting.instrument.stages, sitting.assessment.stage),
        "sectors": _choices(sitting, "sectors", sitting.instrument.sectors, sitting.assessment.sector),
        "partners": _partners(sitting, part),
        "feasibility": FEASIBILITY,
        "suggested": _suggested(sitting),
        "answer_url": sitting.url("answer"),
        "result_url": sitting.url("result"),
        "is_firm_part": part == FIRM_PART,
        "resume_link": resume_link,
    }
    return render(request, "companies/assessments/part.html", context)


def save_answer(request: HttpRequest, sitting: Sitting) -> JsonResponse:
    """Autosave of one answer: 200 with what is kept, 400 with the reason of a refusal."""
    sent = request.POST
    try:
        order = int(sent.get("sequence", "")[:20])
        area, item = sent.get("area", ""), sent.get("item", "")
        if item == LEFT_OUT:
            leave_out_area(
                assessment=sitting.assessment,
                rater=sitting.rater,
                area=area,
                is_out=sent.get("value") == "1",
                by=sitting.actor,
                sequence=order,
            )
            return JsonResponse({"kept": sent.get("value", "")})
        given = read_answer(sent.get("value", ""), area, item, sent.get("evidence", "claimed"))
        kept = answer_item(
            assessment=sitting.assessment,
            rater=sitting.rater,
            given=given,
            by=sitting.actor,
            sequence=order,
        )
    except ValueError:
        return JsonResponse({"error": gettext("This answer was not understood.")}, status=400)
    except DomainError as error:
        return JsonResponse({"error": str(error), "code": error.code}, status=400)
    return JsonResponse({"kept": kept.value})


def result_pdf(sitting: Sitting) -> HttpResponse:
    """The result in the reader's language, to take along."""
    page = result_page_of(sitting)
    made = compile_pdf("document", document_of(page))
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="tibs-{sitting.assessment.public_id}.pdf"'
    return answer


def _save_part(request: HttpRequest, sitting: Sitting, part: str) -> HttpResponse:
    sent = request.POST
    if part == FIRM_PART and ("stage" in sent or "sector" in sent):
        describe_firm(
            assessment=sitting.assessment,
            stage=sent.get("stage", ""),
            sector=sent.get("sector", ""),
            by=sitting.actor,
        )
    answer_items(
        assessment=sitting.assessment,
        rater=sitting.rater,
        given=read_part(sitting, part, sent),
        by=sitting.actor,
    )
    if part == FIRM_PART:
        return redirect(sitting.part_url(QUICK_PART))
    return redirect(sitting.url("result"))


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


def _choices(
    sitting: Sitting, table: str, codes: tuple[str, ...], chosen: str
) -> list[tuple[str, str, bool]]:
    return [(code, sitting.words.text(table, code), code == chosen) for code in codes]
