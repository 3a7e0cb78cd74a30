"""A result as a document to take along."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext

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
        "intro": [page.finding],
        "sections": [one for one in _sections(page) if one.get("points") != []],
    }


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
    ]
