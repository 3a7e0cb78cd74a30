"""A radar keeps places, gaps and figures."""

import xml.etree.ElementTree as ET  # our own template is parsed

from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from tibs.rendering.pdf import compile_pdf
from tibs.rendering.radar import CENTER, REACH, Series, radar

AXES = ["Buying", "Selling", "Making", "People"]
values = st.lists(st.one_of(st.none(), st.floats(-10, 110)), min_size=3, max_size=9)


def test_the_first_axis_points_up_and_the_others_follow_clockwise():
    drawn = radar(AXES, [Series("Broker", [100, 100, 100, 100])])

    assert drawn.lines[0].corners == "150,30 270,150 150,270 30,150"


@given(values)
@settings(deadline=None)
def test_every_known_value_has_a_dot_inside_the_rings(known):
    drawn = radar([str(place) for place in range(len(known))], [Series("Broker", known)])

    dots = drawn.lines[0].dots
    assert len(dots) == sum(value is not None for value in known)
    assert all((dot.x - CENTER) ** 2 + (dot.y - CENTER) ** 2 <= (REACH + 1) ** 2 for dot in dots)


def test_two_series_are_told_apart_by_more_than_colour():
    drawn = radar(AXES, [Series("Broker", [1, 2, 3, 4]), Series("Firm", [4, 3, 2, 1])])

    svg = render_to_string("components/radar_drawing.html", {"radar": drawn, "title": "Potential"})

    assert svg.count("<circle") == svg.count("<rect") == 4
    assert svg.count("stroke-dasharray") == 1


def test_the_table_shows_the_figures_as_the_reader_writes_them():
    with override("lt"):
        drawn = radar(AXES, [Series("Brokeris", [68.19, None, 1, 2])])

    assert drawn.rows[0].cells == ("68,2",)
    assert drawn.rows[1].cells == ("–",)


def test_the_drawing_keeps_points_as_decimal_marks_in_every_language():
    with override("lt"):
        drawn = radar(AXES[:3], [Series("Brokeris", [68.2, 50, 50])])
        svg = render_to_string("components/radar_drawing.html", {"radar": drawn, "title": "Potencialas"})

    assert ET.fromstring(svg).attrib["viewBox"] == "0 0 300.0 300.0"  # noqa: S314  # our own template
    assert 'x="150.0"' in svg


def test_the_finding_names_the_highest_value_of_the_first_series():
    drawn = radar(AXES, [Series("Broker", [10, 68.2, None, 2]), Series("Firm", [99, 1, 1, 1])])

    assert drawn.finding == "The highest value: Selling, 68.2 of 100."


def test_a_radar_without_figures_says_so():
    assert radar(AXES, [Series("Broker", [None] * 4)]).finding == "There is nothing to show yet."


def test_the_drawing_can_stand_in_a_pdf_file():
    drawn = radar(AXES, [Series("Broker", [10, 68.2, None, 2])])
    svg = render_to_string("components/radar_drawing.html", {"radar": drawn, "title": "Potential"})

    made = compile_pdf(
        "document",
        {
            "title": "Potential",
            "language": "en",
            "sections": [{"heading": "Radar", "figure": {"svg": svg.strip(), "alt": drawn.finding}}],
        },
    )

    assert b"pdfuaid" in made
