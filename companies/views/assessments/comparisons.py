"""The figures of a result side by side: raters, parts of the ranking, earlier assessments, other firms."""

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext

from companies.assessments.instrument import BARRIERS, FEASIBILITY, HERITAGE, READINESS, VALUE
from companies.assessments.progress import Stand, is_comparable, moved
from companies.assessments.results import AreaResult, Result, Verdict
from companies.choices import Rater
from companies.models import Assessment
from companies.services.assessments.comparing import earlier_stands, peers_of
from companies.views.assessments.sittings import Sitting
from tibs.rendering.radar import Radar, Series, radar
from tibs.rendering.tables import Table, data_table

BLOCKS = (VALUE, READINESS, FEASIBILITY, BARRIERS, HERITAGE)


def figure(points: float | None) -> str:
    """Points with one decimal, as readers write numbers; empty where there are none."""
    return "" if points is None else number_format(round(points, 1), decimal_pos=1)


def difference(points: float | None) -> str:
    """The same with its sign; a dash where nothing can be subtracted."""
    if points is None:
        return "–"
    shown = round(points, 1)
    sign = {1: "+", -1: "−"}.get((shown > 0) - (shown < 0), "")
    return sign + figure(abs(shown))


def percent(share: float | None) -> str:
    """A share of 0..1 as a whole percentage; a dash where it is not known."""
    return "–" if share is None else number_format(round(100 * share), decimal_pos=0) + " %"


def radar_of(sitting: Sitting, rater: str, result: Result, own: Result | None) -> Radar:
    """One line of what areas are ranked by; with the firm's own answers beside it, both by the quick scan's figure.

    Axes stand in the order of the ranking, so that their numbers are the ranks.
    """
    codes = [area.code for area in result.areas]
    names = [sitting.words.area(code) for code in codes]
    if own is None or not _is_scanned(own):
        return radar(names, [Series(_figure_name(rater, result), [area.points for area in result.areas])])
    lines = [
        Series(gettext("The broker"), [result.area(code).quick for code in codes]),
        Series(gettext("The firm itself"), [own.area(code).quick for code in codes]),
    ]
    return radar(names, lines, finding=_both(sitting, result, own))


def reasons_of(sitting: Sitting, result: Result) -> Table | None:
    """What each place of the ranking rests on: the blocks, each as a share of its scale."""
    if not result.ranked:
        return None
    return data_table(
        caption=gettext("What the ranking rests on"),
        columns=[gettext("Area"), *(sitting.words.text("blocks", block) for block in BLOCKS)],
        rows=[
            (sitting.words.area(area.code), *(percent(area.blocks[block]) for block in BLOCKS))
            for area in result.ranked
        ],
        figures=True,
    )


def progress_of(sitting: Sitting, result: Result) -> tuple[Table | None, str]:
    """Untapped potential at each assessment of the firm with what changed, and a word on versions that differ."""
    earlier = earlier_stands(sitting.assessment)
    points = {area.code: area.untapped for area in result.areas if area.untapped is not None}
    if not earlier or not points:
        return None, ""
    now = Stand(sitting.instrument, points)
    stands = [stand for _, stand in earlier]
    since = [(gettext("Since the last one"), stands[-1])]
    if len(stands) > 1:
        since.insert(0, (gettext("Since the first one"), stands[0]))
    shown = [*(one for one, _ in earlier), sitting.assessment]
    table = data_table(
        caption=gettext("Untapped potential at each assessment"),
        columns=[gettext("Area"), *map(_when, shown), *(name for name, _ in since)],
        rows=[
            (
                sitting.words.area(area.code),
                *(figure(stand.points.get(area.code)) or "–" for stand in [*stands, now]),
                *(difference(moved(now, before, area.code)) for _, before in since),
            )
            for area in result.areas
            if any(area.code in stand.points for stand in [*stands, now])
        ],
        figures=True,
    )
    return table, _other_versions(now, stands)


def peers_table(sitting: Sitting, result: Result) -> Table | None:
    """The result beside the middle of firms of the same stage and size; None where too few are known."""
    found = peers_of(sitting.assessment)
    if not found:
        return None
    return data_table(
        caption=gettext("Untapped potential, and the median of other firms"),
        columns=[gettext("Area"), gettext("This firm"), gettext("Median"), gettext("Firms")],
        rows=[
            (sitting.words.area(area.code), figure(area.untapped) or "–", figure(peer.median), peer.count)
            for area in result.areas
            if (peer := found.get(area.code))
        ],
        figures=True,
    )


def _is_scanned(result: Result) -> bool:
    return any(area.quick is not None for area in result.areas)


def _figure_name(rater: str, result: Result) -> str:
    if rater == Rater.SELF:
        return gettext("The firm itself, quick scan")
    return (
        gettext("The broker, quick scan")
        if result.verdict == Verdict.QUICK
        else gettext("Untapped potential")
    )


def _both(sitting: Sitting, result: Result, own: Result) -> str:
    """What two lines show, and which area is the highest on each."""
    said = [
        gettext(
            "Value, readiness and barriers as the broker sees them (solid line) and as the firm does (dashed line)."
        ),
        gettext("Highest for the broker: %(broker)s. Highest for the firm: %(firm)s.")
        % {"broker": _highest(sitting, result), "firm": _highest(sitting, own)},
    ]
    if result.verdict != Verdict.QUICK:
        said.append(gettext("The ranking goes by all blocks."))
    return " ".join(said)


def _highest(sitting: Sitting, result: Result) -> str:
    known: list[AreaResult] = [area for area in result.areas if area.quick is not None]
    if not known:
        return "–"
    best = max(known, key=lambda area: area.quick or 0)
    return f"{sitting.words.area(best.code)}, {figure(best.quick)}"


def _when(assessment: Assessment) -> str:
    """The heading of an assessment: its number with its day, or that it is not finished."""
    if assessment.completed_at is None:
        return f"T{assessment.number} ({gettext('Open')})"
    return f"T{assessment.number} ({date_format(assessment.completed_at, 'SHORT_DATE_FORMAT')})"


def _other_versions(now: Stand, stands: list[Stand]) -> str:
    if all(is_comparable(now.instrument, stand.instrument) for stand in stands):
        return ""
    return gettext(
        "Some of these assessments asked other questions. Their figures are shown, but not subtracted."
    )
