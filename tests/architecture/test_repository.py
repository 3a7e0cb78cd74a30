"""The repository itself: what it holds, what it depends on, what it promises."""

import importlib.util
import re
import tomllib

from tests.architecture.judging import EXCEPTIONS, judge
from tests.architecture.sources import ROOT, files, name, text_files
from tools import lock_is_current

LARGEST = 300_000
LARGEST_GROUP = 6
# A path of somebody's machine, unless it is a part of an address or of a longer path.
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:work|root|home|Users)/\w")
PYPROJECT = (ROOT / "pyproject.toml").read_text()


def test_nothing_is_heavy():
    breaches = {
        name(path): f"{size // 1000} kB"
        for path in files()
        if path.is_file() and (size := path.stat().st_size) > LARGEST
    }

    judge("heavy files", breaches, mend="Store less, or make it when it is needed.")


def test_no_file_knows_the_machine_of_its_author():
    breaches = {
        f"{name(path)}:{number}": line.strip()[:80]
        for path in text_files()
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if MACHINE_PATH.search(line)
    }

    judge("machine paths", breaches, mend="Write the path from the root of the repository.")


def test_lock_files_agree_with_the_project_and_name_no_host():
    assert lock_is_current.faults() == []


def test_psycopg_3_is_absent():
    """Django would silently prefer it to psycopg2."""
    for lock in ("requirements.txt", "requirements-dev.txt"):
        assert not re.search(r"^psycopg(\[.*\])?==", (ROOT / lock).read_text(), re.MULTILINE)
    assert importlib.util.find_spec("psycopg") is None


def test_every_dependency_says_what_it_is_for():
    """A comment stands above each dependency, or above the small group that it belongs to."""
    breaches, under_one_comment = {}, LARGEST_GROUP
    lists = re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", PYPROJECT, re.MULTILINE | re.DOTALL)
    for line in (line.strip() for text in lists for line in text.splitlines()):
        if line.startswith("#"):
            under_one_comment = 0
        elif (under_one_comment := under_one_comment + 1) > LARGEST_GROUP:
            breaches[line] = "no comment stands above it"

    assert len(lists) == 2
    judge("dependency comments", breaches, mend="Say in one line what the product needs it for.")


def test_the_readme_shows_both_commands():
    text = (ROOT / "README.md").read_text()

    assert "./run demo" in text
    assert "./run test" in text


def test_one_python_version_is_named_everywhere():
    version = (ROOT / ".python-version").read_text().strip()
    floor = tomllib.loads(PYPROJECT)["project"]["requires-python"].removeprefix(">=")

    assert tuple(map(int, version.split("."))) >= tuple(map(int, floor.split(".")))
    assert f'target-version = "py{floor.replace(".", "")}"' in PYPROJECT


def test_every_exception_belongs_to_a_habit_that_is_judged():
    judged = "".join(path.read_text() for path in (ROOT / "tests" / "architecture").glob("test_*.py"))

    assert [habit for habit in EXCEPTIONS if f'"{habit}",' not in judged] == []
