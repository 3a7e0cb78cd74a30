"""A real browser: Debian's Chromium against a live server, judged by axe, by its console and by whom it asks.

A test takes `page`, `live_server` and `faults` or `axe`; the console is watched without asking. What a page
needs stands in the database before it is opened, because the server answers from another thread.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Request

from tibs.accounts.models import User

CHROMIUM = shutil.which("chromium")
# Nothing that the browser does for itself may reach the network.
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
LOOKS = [
    (name, width, height, scheme)
    for name, width, height in [("phone", 390, 844), ("desktop", 1280, 900)]
    for scheme in ("light", "dark")
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder run in Chromium."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no chromium on this machine; .ci/run installs it"))


@pytest.fixture(scope="session", autouse=True)
def database_beside_the_browser() -> Iterator[None]:
    """Playwright keeps an event loop in the thread of the tests, and Django would refuse the database there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": SWITCHES}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Without motion, so that no colour is judged half-way between two."""
    return browser_context_args | {
        "locale": "en-GB",
        "timezone_id": "Europe/Riga",
        "reduced_motion": "reduce",
    }


@pytest.fixture(autouse=True)
def console_is_clean(page: Page, live_server) -> Iterator[None]:
    """No error or warning in the console (a breach of the security policy is one), nobody else is asked."""
    heard: list[str] = []
    own = urlsplit(live_server.url).netloc

    def note_stranger(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc != own:
            heard.append(f"asked {request.url}")

    page.on("console", lambda said: said.type in {"error", "warning"} and heard.append(said.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", note_stranger)
    yield
    assert not heard


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Every breach of WCAG 2.2 AA or of good practice on the page that is open, one line each."""
    rules = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}

    def breaches(page: Page) -> list[str]:
        found = Axe().run(page, options=rules).response["violations"]
        return [
            f"{rule['id']}: {rule['help']}: {', '.join(str(node['target']) for node in rule['nodes'][:3])}"
            for rule in found
        ]

    return breaches


@pytest.fixture
def faults(page: Page, axe) -> Callable[[], list[str]]:
    """What axe finds on the open page on a phone and on a desktop, in light and in dark colours."""

    def in_every_look() -> list[str]:
        found = []
        for name, width, height, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            found += [f"{name}, {scheme}: {breach}" for breach in axe(page)]
        return found

    return in_every_look


@pytest.fixture
def sign_in(context: BrowserContext, live_server) -> Callable[[User], None]:
    """Sign a person in without the login page."""

    def sign(user: User) -> None:
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])

    return sign
