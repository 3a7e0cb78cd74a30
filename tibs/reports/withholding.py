"""Withholding small figures, and those from which a small one could be worked out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from tibs.figures import SMALL_CELL

type Node = tuple[str, str]
# What flows from one sum into another: a cell lies between the sums of its row and of its column.
type Arc = tuple[Node, Node]


def unless_small(figure: int | None) -> int | None:
    """The figure, or None where it is so small that it could point at single companies."""
    return None if figure is not None and is_small(figure) else figure


def is_small(figure: int) -> bool:
    return 0 < figure < SMALL_CELL


def sum_beside(total: int | None, parts: Iterable[int | None]) -> int | None:
    """The sum, or None where a part of it is withheld."""
    return None if any(part is None for part in parts) else total


def withhold(figures: Mapping[Arc, int], *, known: int) -> dict[Arc, int | None]:
    """The figures of tables that share their sums, with None for each that must not be shown.

    `figures` are arcs: into each node flows as much as out of it, from the first to the last all of `known`, which
    everybody may know. Small figures go, then the sums beside them, then others, the smallest first, until each
    small one could be at least one more or one less for all that is shown. A reader who takes a withheld figure for
    at least 1 cannot settle any of them. Where that is out of reach, nothing is shown.
    """
    shown: dict[Arc, int | None] = {arc: unless_small(figure) for arc, figure in figures.items()}
    if is_small(known):
        return dict.fromkeys(figures, None)
    _withhold_sums(shown, figures)
    while settled := [arc for arc in figures if is_small(figures[arc]) and _is_settled(arc, figures, shown)]:
        near = {node for arc in settled for node in arc}
        candidates = [arc for arc, figure in shown.items() if figure]
        if not candidates:
            return dict.fromkeys(figures, None)
        chosen = min(candidates, key=lambda arc: (not near & set(arc), figures[arc], arc))
        shown[chosen] = None
    return shown


def _withhold_sums(shown: dict[Arc, int | None], figures: Mapping[Arc, int]) -> None:
    """A sum is an arc that alone enters or alone leaves a node; beside a withheld part it is withheld too."""
    entering, leaving = defaultdict(list), defaultdict(list)
    for arc in figures:
        leaving[arc[0]].append(arc)
        entering[arc[1]].append(arc)
    for node in entering.keys() & leaving.keys():
        for sums, parts in ((entering[node], leaving[node]), (leaving[node], entering[node])):
            if len(sums) == 1:
                shown[sums[0]] = sum_beside(shown[sums[0]], [shown[part] for part in parts])


def _is_settled(arc: Arc, figures: Mapping[Arc, int], shown: Mapping[Arc, int | None]) -> bool:
    """Whether what is shown leaves one value only for a withheld figure.

    It can change when the change can flow round: along withheld figures, which may grow, and against those which may
    shrink and stay at least 1.
    """
    steps: dict[Node, set[tuple[Node, Arc]]] = defaultdict(set)
    for (start, end), figure in figures.items():
        if shown[start, end] is None and figure:
            steps[start].add((end, (start, end)))
            if figure > 1:
                steps[end].add((start, (start, end)))
    start, end = arc
    grows = _reaches(end, start, steps, without=arc)
    return not grows and (figures[arc] == 1 or not _reaches(start, end, steps, without=arc))


def _reaches(start: Node, goal: Node, steps: Mapping[Node, set[tuple[Node, Arc]]], *, without: Arc) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        for node, arc in steps.get(waiting.pop(), ()):
            if arc != without and node not in seen:
                seen.add(node)
                waiting.append(node)
    return goal in seen
