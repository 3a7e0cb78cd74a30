"""People of a story, each with a browser of their own: brokers at their desks, firms on phones without JavaScript."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.letters import letters_to
from tibs.accounts.models import User

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "java_script_enabled": False,
}
PATIENCE = 8000


class Somebody:
    """Somebody who is signed in, and does with pages what people do: reads, writes, and clicks what they can name."""

    def __init__(self, user: User, context: BrowserContext, site: str) -> None:
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
        context.set_default_timeout(PATIENCE)
        self.user, self.site = user, site
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def goes_to(self, path: str) -> "Somebody":
        self.page.goto(self.site + path)
        return self

    def opens_letter(self, words: str) -> "Somebody":
        """Follow the link of the newest letter that says these words."""
        said = [text for _subject, text in letters_to(self.user.email) if words in " ".join(text.split())]
        assert said, f"no letter to {self.user.name} says “{words}”"
        link = re.search(r"https?://\S+", said[-1])
        assert link, f"the letter that says “{words}” leads nowhere"
        return self.goes_to(urlsplit(link[0]).path)

    def opens_notice(self, words: str) -> "Somebody":
        """Open the newest notice of the inbox that says these words."""
        self.goes_to("/inbox/")
        self.main.get_by_role("button", name=words).first.click()
        return self

    def follows(self, link: str) -> "Somebody":
        self.page.get_by_role("link", name=link).first.click()
        return self

    def presses(self, button: str) -> "Somebody":
        self.main.get_by_role("button", name=button).first.click()
        return self

    def unfolds(self, summary: str) -> "Somebody":
        self.main.locator("summary", has_text=summary).first.click()
        return self

    def fills(self, words: dict[str, str]) -> "Somebody":
        for label, text in words.items():
            self.main.get_by_label(label).first.fill(text)
        return self

    def ticks(self, *labels: str) -> "Somebody":
        for label in labels:
            self.main.get_by_label(label).first.check()
        return self

    def chooses(self, choices: dict[str, str]) -> "Somebody":
        for label, option in choices.items():
            self.main.get_by_label(label).first.select_option(label=option)
        return self

    def sees(self, *words: str) -> "Somebody":
        for text in words:
            expect(self.main.get_by_text(text).first).to_be_visible()
        return self

    def reads(self, path: str = "") -> str:
        """All words of the open page, or of another one."""
        if path:
            self.goes_to(path)
        return self.page.locator("body").inner_text()

    @property
    def width(self) -> float:
        """How wide the page is drawn, which on a phone is no wider than the phone."""
        box = self.page.locator("html").bounding_box()
        return box["width"] if box else 0

    def _note(self, said: Any) -> None:
        # A page that was refused, as it should be, is no fault of a script.
        if said.type in {"error", "warning"} and "the server responded with a status of" not in said.text:
            self.complaints.append(said.text)
