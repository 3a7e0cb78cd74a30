"""The requests of the real-data benchmark: three in each language, from a country where it is spoken."""

import tomllib
from collections import Counter
from pathlib import Path

import benchmarks

REQUESTS = tomllib.loads((Path(benchmarks.__file__).parent / "requests.toml").read_text(encoding="utf-8"))[
    "request"
]
HOME_LANGUAGE = {"PL": "pl", "FI": "fi", "DK": "da", "DE": "de", "EE": "et", "LT": "lt", "LV": "lv"}


def test_three_requests_are_written_in_each_of_the_eight_languages() -> None:
    assert Counter(request["language"] for request in REQUESTS) == dict.fromkeys(
        ("en", *HOME_LANGUAGE.values()), 3
    )


def test_requests_come_from_a_country_of_their_language_and_english_ones_from_several() -> None:
    homes = {request["country"] for request in REQUESTS if request["language"] == "en"}

    assert len(homes) == 3
    for request in REQUESTS:
        assert request["language"] in {"en", HOME_LANGUAGE[request["country"]]}


def test_requests_are_short_complete_and_not_repeated() -> None:
    assert len({request["id"] for request in REQUESTS}) == len(REQUESTS)
    assert len({request["text"] for request in REQUESTS}) == len(REQUESTS)
    for request in REQUESTS:
        assert set(request) == {"id", "language", "country", "text", "gloss_en", "looks_for"}
        assert request["id"].startswith(request["language"] + "-")
        assert 60 <= len(request["text"]) <= 250
        assert request["looks_for"].endswith(".")
