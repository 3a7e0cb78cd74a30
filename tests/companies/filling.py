"""Fills in the public registration as people do: page by page, through whatever a page asks for."""

import re
from typing import Any

from companies.forms.human import Stamp

ANSWERS: dict[str, dict[str, Any]] = {
    "about": {"name": "Eva Kalniņa", "email": "eva@koks.example", "phone": "+371 20000000", "language": "lv"},
    "company": {
        "name": "SIA Vidzemes koks",
        "country": "LV",
        "register_number": "40103000009",
        "website": "koks.example",
    },
    "place": {"street": "Rīgas iela 1", "postcode": "LV-4201", "city": "Valmiera", "region": "LV00C"},
    "activity": {"description": "We build oak furniture.", "words": "branch", "nace": "31"},
    "size": {"independence": "autonomous", "staff_count": "34", "turnover_band": "to_10", "balance_band": ""},
    "wishes": {"needs": "A supplier of dry oak.", "areas": ["PRC"], "countries": ["EE"]},
    "consents": {"purposes": ["publish_anonymous", "surveys"], "may_speak": "on"},
}
A_WHILE = 30


class Person:
    """Somebody in front of a browser without JavaScript. `clock` is the fixture that moves the time."""

    def __init__(self, client, clock, *, email: str = "eva@koks.example", network: str = "192.0.2.7"):
        self.client, self.clock, self.network = client, clock, network
        self.answers = {code: dict(answers) for code, answers in ANSWERS.items()}
        self.answers["about"]["email"] = email

    def get(self, path):
        return self.client.get(path, REMOTE_ADDR=self.network)

    def post(self, path, data):
        return self.client.post(path, data, REMOTE_ADDR=self.network)

    def fill(self, section, *, seconds=A_WHILE, **changes):
        """Open a section, take the time that reading takes, and send it."""
        path = f"/register/{section}/"
        stamp = stamp_in(self.get(path))
        self.clock.move(seconds)
        return self.post(path, {**self.answers[section], "stamp": stamp, "action": "save", **changes})

    def fill_all(self):
        for section in self.answers:
            answer = self.fill(section)
            assert answer.status_code == 302, (section, answer.context["form"].errors)

    def send(self, *, seconds=A_WHILE, **changes):
        stamp = stamp_in(self.get("/register/check/"))
        self.clock.move(seconds)
        return self.post("/register/check/", {"stamp": stamp, **changes})


def stamp_in(response) -> str:
    """The stamp that a page carries; it must be one that we signed."""
    signed = re.search(r'name="stamp" value="([^"]+)"', response.content.decode())[1]
    assert Stamp.read(signed)
    return signed


def link_in(words: str) -> str:
    """The path of the link in a letter."""
    return re.search(r"https?://[^/\s]+(/register/\S+)", words)[1]
