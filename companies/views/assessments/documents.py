"""A result as a document to take along."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext

from companies.choices import WaitsFor
from companies.models import ActionStep
from companies.views.assessments.results import ResultPage


def document_of(page: ResultPage) -> dict[str, Any]:
    """The data of `templates/pdf/document.typ`."""
    assessment, spoken = page.sitting.assessment, page.sitting.words
    company = assessment.company
    day = assessment.completed_at or assessment.updated_at
    return {
        "title": gettext("Internationalisation assessment"),
        "language": spoken.language,
        "footer": f"TIBS · {company.name if company else ''} · {date_format(day)}",
        "intro": _intro(page),
        "sections": [one for one in _sections(page) if one.get("points") != []],
    }


def _intro(page: ResultPage) -> list[str]:
    """The finding; for the firm, whose it is and what its own answers say; the chosen area with its reason."""
    assessment = page.sitting.assessment
    said = [page.finding]
    if page.own_finding:
        told, own = gettext("What your broker found"), gettext("What your own answers say")
        said = [f"{told}: {page.finding}", f"{own}: {page.own_finding}"]
    if assessment.chosen_area and assessment.completed_at:
        chosen = gettext("Completed on %(day)s. Chosen area: %(area)s.") % {
            "day": date_format(assessment.completed_at),
            "area": page.sitting.words.area(assessment.chosen_area),
        }
        said.append(f"{chosen} {assessment.override_reason}".strip())
    return said


def _planned(page: ResultPage) -> list[str]:
    """The steps of the action plan: what, who, until when, and where else the firm is sent."""
    plan = getattr(page.sitting.assessment, "plan", None)
    steps = plan.steps.order_by("id") if plan else []
    return [" · ".join(filter(None, _step(step))) for step in steps]


def _step(step: ActionStep) -> tuple[str, ...]:
    until = date_format(step.due_date) if step.due_date else ""
    done = gettext("Done") if step.done_at else ""
    return step.what, str(WaitsFor(step.waits_for).label), until, step.referral, done


def _sections(page: ResultPage) -> list[dict[str, Any]]:
    drawing = render_to_string(
        "components/radar_drawing.html", {"radar": page.radar, "title": gettext("Potential by area")}
    )
    headers = [gettext("Rank"), gettext("Area"), gettext("Points")]
    rows = [[str(row.rank) if row.rank else "–", row.name, row.points or row.note] for row in page.ranking]
    return [
        {
            "heading": gettext("Potential by area"),
            "figure": {"svg": drawing.strip(), "alt": page.finding},
            "table": {"headers": headers, "rows": rows, "right": [0, 2]},
        },
        {"heading": gettext("Strengths"), "points": page.strengths},
        {"heading": gettext("Next steps"), "points": page.steps, "numbered": True},
        {"heading": gettext("Readiness of the firm"), "paragraphs": [page.gate]},
        {
            "heading": gettext("Barriers and what helps"),
            "points": [f"{name} ({severity}): {measure}" for name, severity, measure, _ in page.barriers],
        },
        {"heading": gettext("Action plan"), "points": _planned(page)},
    ]
