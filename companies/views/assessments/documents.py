"""A result as a document to take along."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext

from companies.views.assessments.plan_words import ToldStep, told_plan
from companies.views.assessments.results import ResultPage
from tibs.rendering.tables import Table

type Section = dict[str, Any]


def document_of(page: ResultPage) -> dict[str, Any]:
    """The data of `templates/pdf/document.typ`."""
    assessment, spoken = page.sitting.assessment, page.sitting.words
    company = assessment.company
    day = assessment.completed_at or assessment.updated_at
    return {
        "title": gettext("Internationalisation assessment"),
        "language": spoken.language,
        "footer": " · ".join(filter(None, ("TIBS", company.name if company else "", date_format(day)))),
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
    if assessment.completed_at:
        said.append(
            gettext("Completed on %(day)s. Chosen area: %(area)s.")
            % {"day": date_format(assessment.completed_at), "area": page.chosen}
        )
    if assessment.override_reason:
        said.append(f"{gettext('Why another area than the recommended one?')} {assessment.override_reason}")
    return said


def _sections(page: ResultPage) -> list[Section]:
    """What the page shows this reader, in the same order."""
    return [
        *([_drawing(page)] if page.result.winner else []),
        *(_ranking(page) if page.is_by_broker else []),
        {"heading": gettext("Strengths"), "points": page.strengths},
        {"heading": gettext("Next steps"), "points": page.steps, "numbered": True},
        {"heading": gettext("Readiness of the firm"), "paragraphs": _readiness(page)},
        *_ways(page),
        {
            "heading": f"{gettext('Barriers and what helps')}: {page.focus}",
            "points": [f"{name} ({severity}): {measure}" for name, severity, measure, _ in page.barriers],
        },
        *(_for_broker(page) if page.sitting.is_broker else []),
        {"heading": gettext("Action plan"), **_planned(page)},
    ]


def _drawing(page: ResultPage) -> Section:
    """The radar with what it shows in words, and the table of the figures that are drawn."""
    drawn = page.radar
    svg = render_to_string(
        "components/radar_drawing.html", {"radar": drawn, "title": gettext("Potential by area")}
    )
    rows = [[str(row.number), row.label, *row.cells] for row in drawn.rows]
    return {
        "heading": gettext("Potential by area"),
        "paragraphs": [drawn.finding],
        "figure": {"svg": svg.strip(), "alt": drawn.finding},
        "table": {
            "headers": ["#", gettext("Area"), *drawn.headers],
            "rows": rows,
            "right": [0, *range(2, 2 + len(drawn.headers))],
        },
    }


def _ranking(page: ResultPage) -> list[Section]:
    headers = [
        "#",
        gettext("Area"),
        gettext("Untapped potential"),
        gettext("Raw potential"),
        gettext("Confidence"),
        gettext("Note"),
    ]
    rows = [
        [
            str(row.rank) if row.rank else "–",
            row.name,
            row.points,
            row.raw,
            row.confidence,
            " · ".join(filter(None, (row.note, row.common))),
        ]
        for row in page.ranking
    ]
    found: list[Section] = [
        {
            "heading": gettext("Ranking"),
            "table": {"headers": headers, "rows": rows, "right": [0, 2, 3, 4]},
        }
    ]
    for heading, table, note in (
        (gettext("What the ranking rests on"), page.reasons, ""),
        (gettext("What changed"), page.progress, page.progress_note),
        (gettext("Beside firms of the same stage and size"), page.peers, ""),
    ):
        if table:
            found.append({"heading": heading, "paragraphs": [note] if note else [], "table": _table(table)})
    return found


def _table(table: Table) -> dict[str, Any]:
    return {
        "headers": [str(column.value) for column in table.columns],
        "rows": [["–" if cell.value is None else str(cell.value) for cell in row] for row in table.rows],
        "right": [place for place, column in enumerate(table.columns) if column.is_number],
    }


def _readiness(page: ResultPage) -> list[str]:
    points = gettext("%(total)s of 200 points") % {"total": page.total}
    return [f"{page.band}: {points}", page.gate] if page.band else [page.gate]


def _ways(page: ResultPage) -> list[Section]:
    heading = gettext("Ways to cooperate: %(area)s") % {"area": page.focus}
    if page.why_no_ways:
        return [{"heading": heading, "paragraphs": [page.why_no_ways]}]
    return [{"heading": heading, "points": [f"{kind}: {ways}" for kind, ways in page.cooperation]}]


def _for_broker(page: ResultPage) -> list[Section]:
    headers = [gettext("Area"), gettext("Question"), gettext("The firm"), gettext("The broker")]
    changes = {"paragraphs": [page.why_no_changes]} if page.why_no_changes else {"points": page.changes}
    found: list[Section] = [{"heading": gettext("What would change the first place"), **changes}]
    if page.gaps:
        rows = [list(gap) for gap in page.gaps]
        found.append(
            {
                "heading": gettext("Talk about these answers"),
                "table": {"headers": headers, "rows": rows},
            }
        )
    return found


def _planned(page: ResultPage) -> Section:
    """The goal of the action plan, barriers that wait for a step, and the steps as the page lists them."""
    if page.sitting.is_open:
        return {"points": []}
    plan = told_plan(page.sitting)
    paragraphs = [plan.goal] if plan.goal else []
    paragraphs += [
        gettext("“%(barrier)s” blocks this area. Add a step against it before a profile is published.")
        % {"barrier": barrier}
        for barrier in plan.unanswered
    ]
    points = [" · ".join(filter(None, _step(step))) for step in plan.steps]
    points += [
        " · ".join(filter(None, (*_step(step), gettext("Still open from an earlier plan"))))
        for step in plan.earlier
    ]
    return {"paragraphs": paragraphs, **({"points": points} if points or not paragraphs else {})}


def _step(step: ToldStep) -> tuple[str, ...]:
    day = date_format(step.until) if step.until else ""
    late, due = gettext("overdue since %(day)s"), gettext("by %(day)s")
    return (
        step.what,
        gettext("Done") if step.is_done else "",
        step.who,
        (late if step.is_late else due) % {"day": day} if day else "",
        gettext("Sent on to: %(place)s") % {"place": step.referral} if step.referral else "",
        gettext("Against the barrier: %(barrier)s") % {"barrier": step.barrier} if step.barrier else "",
    )
