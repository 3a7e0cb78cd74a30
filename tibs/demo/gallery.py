"""Every component with sample data on one page, in English only: for those who build and review the look."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tibs.rendering.bars import Part, signed_bars, stacked_bars
from tibs.rendering.match_card import Direction, MatchCard, Quote
from tibs.rendering.matrix import Axis, Matrix, heat_matrix
from tibs.rendering.radar import Radar, Series, radar
from tibs.rendering.tables import Table, data_table
from tibs.rendering.tilemap import Tile, TileMap, tile_map
from tibs.reports.assessments.presenting import AreaBar


class SampleForm(forms.Form):
    """One field of each kind that the forms of TIBS use."""

    name = forms.CharField(label="Name of the company", help_text="As it stands in the register.")
    email = forms.EmailField(label="E-mail address")
    area = forms.ChoiceField(
        label="Area of the value chain",
        choices=[("rd", "Research and development"), ("supply", "Supply"), ("sales", "Sales")],
    )
    size = forms.ChoiceField(
        label="People employed",
        widget=forms.RadioSelect,
        choices=[("micro", "Up to 9"), ("small", "10 to 49"), ("medium", "50 to 249")],
    )
    offer = forms.CharField(label="What do you offer?", widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label="I have read the privacy notice")


@dataclass(frozen=True)
class Link:
    """An entry of the main navigation."""

    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Step:
    """An entry of a list of steps."""

    label: str
    note: str = ""
    url: str = ""
    is_done: bool = False
    is_current: bool = False


COUNTRIES = [
    Axis("DE", "Germany"),
    Axis("DK", "Denmark"),
    Axis("EE", "Estonia"),
    Axis("FI", "Finland"),
    Axis("LT", "Lithuania"),
    Axis("LV", "Latvia"),
    Axis("PL", "Poland"),
]
# Column, row and figure of a few regions, enough to see how a map stands.
PLACES: dict[str, list[tuple[int, int, int | None]]] = {
    "FI": [(6, 0, 4), (5, 1, 9), (6, 1, 2), (5, 2, 12), (6, 2, 7)],
    "EE": [(6, 4, 3), (7, 4, 8)],
    "LV": [(6, 5, 1), (7, 5, 14)],
    "LT": [(6, 6, 11), (7, 6, 0)],
    "DK": [(1, 5, 6), (2, 5, None), (1, 6, 18), (2, 6, 3)],
    "DE": [(1, 7, 22), (2, 7, 5), (1, 8, 2), (2, 8, 9)],
    "PL": [(3, 7, 3), (4, 7, 6), (5, 7, 17), (3, 8, 1), (4, 8, 31), (5, 8, 5), (4, 9, 8), (5, 9, 2)],
}
PARTS = [
    Part("What the texts say", 0.412),
    Part("Area of the value chain", 0.143),
    Part("Branch", 0.088),
    Part("Kind of cooperation", 0.061),
    Part("Working language", 0.034),
    Part("Size", -0.027),
]


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Draw all components; `?invalid=1` shows the form with its errors."""
    form = SampleForm({"name": "", "email": "anna@"}) if request.GET.get("invalid") else SampleForm()
    context = {
        "form": form,
        "hero": {
            "title": "A partner across the sea, found by people",
            "text": "Brokers in seven countries help small firms to buy, build and sell with firms abroad.",
        },
        "navigation": _navigation(),
        "matches": [_full_match(), _half_match()],
        "map": _map(),
        "matrix": _matrix(),
        "radar": _radar(),
        "table": _table(),
        "bars": signed_bars(PARTS),
        "counts": _counts(),
        "steps": _steps(),
        "crumbs": [("Companies", "#"), ("Žalia Mediena UAB", "#")],
        "facts": [("Country", "Lithuania"), ("Register number", "304 118 227"), ("Web", "")],
        "tags": ["Sourcing", "Circular economy"],
    }
    return render(request, "components/gallery.html", context)


def _navigation() -> list[Link]:
    names = ["Today", "Companies", "Opportunities", "Find partners", "Introductions", "Reports"]
    return [Link(name, "#", is_current=name == "Companies") for name in names]


def _counts() -> list[AreaBar]:
    """One area has too few firms to be counted in the open."""
    drawn = signed_bars([Part("Operations", 34), Part("Processes", 12)]).bars
    return [
        *(AreaBar(bar.label, int(bar.value), bar) for bar in drawn),
        AreaBar("Marketing and sales", None, None),
    ]


def _full_match() -> MatchCard:
    return MatchCard(
        public_id="mat_1",
        rank=1,
        own_name="Žalia Mediena UAB",
        name="Kymen Puurakenne Oy",
        country="Finland",
        region="Kymenlaakso",
        url="#",
        score=0.711,
        score_word="Strong fit",
        reasons=["Your request for dry cross-laminated timber meets what they make and sell abroad."],
        directions=[
            Direction(
                seeks_is_ours=True,
                seeks=Quote(
                    "Ieškome sausos kryžmai klijuotos medienos tiekėjo mokykloms ir darželiams.", "lt"
                ),
                offers=Quote("Valmistamme ristiinliimattuja puulevyjä julkiseen rakentamiseen.", "fi"),
                score=0.79,
            ),
            Direction(
                seeks_is_ours=False,
                seeks=Quote("Etsimme asennuskumppania Baltian maista.", "fi"),
                offers=Quote("Montuojame medinius pastatus visoje Lietuvoje.", "lt"),
                score=0.64,
            ),
        ],
        stacked=stacked_bars(PARTS, reach=1),
        signed=signed_bars(PARTS),
        weakest="Size: they work with orders from 200 m³.",
        missing="Certificates of origin",
        updated_date=date(2026, 3, 9),
    )


def _half_match() -> MatchCard:
    parts = [Part("What the texts say", 0.21), Part("Area of the value chain", 0.09), Part("Branch", 0.04)]
    return MatchCard(
        public_id="mat_2",
        rank=12,
        own_name="Žalia Mediena UAB",
        name="Podlaskie Tartaki i Konstrukcje Drewniane Sp. z o.o.",
        country="Poland",
        region="Podlaskie",
        score=0.34,
        score_word="Possible fit",
        is_public_source=True,
        directions=[
            Direction(
                seeks_is_ours=True,
                seeks=Quote(
                    "Ieškome sausos kryžmai klijuotos medienos tiekėjo mokykloms ir darželiams.", "lt"
                ),
                offers=Quote("Suszone drewno konstrukcyjne, domy szkieletowe.", "pl"),
                score=0.68,
            ),
            Direction(
                seeks_is_ours=False,
                seeks=None,
                offers=Quote("Montuojame medinius pastatus visoje Lietuvoje.", "lt"),
                score=0,
                gap="Their profile does not say what they seek, so this direction counts 0.",
            ),
        ],
        stacked=stacked_bars(parts, reach=1),
        signed=signed_bars(parts),
    )


def _map() -> TileMap:
    return tile_map(
        [
            Tile(
                code=f"{country}{number}",
                x=x,
                y=y,
                label=f"Region {country}{number}",
                value=value,
                group=country,
            )
            for country, places in PLACES.items()
            for number, (x, y, value) in enumerate(places, start=1)
        ]
    )


def _matrix() -> Matrix:
    counts: dict[tuple[str, str], int | None] = {
        (first.code, second.code): (3 + row * 7 + column * 11) % 29
        for row, first in enumerate(COUNTRIES)
        for column, second in enumerate(COUNTRIES)
        if first != second
    }
    return heat_matrix(COUNTRIES, counts | {("EE", "LV"): None})


def _radar() -> Radar:
    areas = [
        "Inbound logistics",
        "Operations",
        "Outbound logistics",
        "Marketing and sales",
        "After-sales service",
    ]
    return radar(
        [*areas, "Procurement", "Technology and R&D"],
        [
            Series("Broker", [31, 56.4, 44, 61.8, None, 68.2, 50]),
            Series("Firm", [40, 62, 30, 80, 20, 51, 66]),
        ],
    )


def _table() -> Table:
    return data_table(
        caption="Companies that wait for you",
        columns=["Company", "Country", "Next step", "Days", "Profiles"],
        rows=[
            ("Žalia Mediena UAB", "Lithuania", "Write the profile", 2, 1),
            ("Nordlys Sensorteknik ApS", "Denmark", "Second reader", 5, 3),
            ("Vidzemes Piens SIA", "Latvia", "First contact", 11, None),
        ],
    )


def _steps() -> list[Step]:
    return [
        Step("Company and contact", is_done=True),
        Step("Assessment", note="About 12 minutes; you can stop and come back.", is_current=True, url="#"),
        Step("Cooperation profile"),
        Step("Partners"),
    ]
