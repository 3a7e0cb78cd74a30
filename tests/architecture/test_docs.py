"""The documents stay short and agree with the code."""

import re

from tests.architecture.judging import judge
from tests.architecture.sources import ROOT, name

LONGEST_DECISION = 30
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def test_decisions_are_one_screen_and_say_the_same_four_things():
    breaches = {}
    for number, path in enumerate(DECISIONS, 1):
        text = path.read_text()
        parts = re.findall(r"^## (\w+)$", text, re.MULTILINE)
        if len(text.splitlines()) > LONGEST_DECISION:
            breaches[name(path)] = f"is longer than {LONGEST_DECISION} lines"
        elif not re.search(r"^Status: \w+, \d{4}-\d\d-\d\d$", text, re.MULTILINE):
            breaches[name(path)] = "has no line `Status: accepted, 2026-11-21`"
        elif parts != ["Context", "Decision", "Consequences"]:
            breaches[name(path)] = f"has the parts {parts}"
        elif not path.name.startswith(f"{number:04d}-") or not text.startswith(f"# {number}. "):
            breaches[name(path)] = f"should be number {number}"

    judge("decisions", breaches, mend="docs/adr/0001-postgresql-only.md shows the form.")


def test_links_between_documents_lead_somewhere():
    breaches = {
        f"{name(path)}: {link}": "does not exist"
        for path in DOCUMENTS
        for link in LINK.findall(path.read_text())
        if not (path.parent / link).exists()
    }

    judge("dead links", breaches, mend="Correct the link.")


def test_files_that_documents_name_exist():
    """`tests/routes.toml` in a sentence is a promise too; names with … or <> are patterns."""
    breaches = {
        f"{name(path)}: {mentioned}": "does not exist"
        for path in DOCUMENTS
        for mentioned in re.findall(r"`([a-z_]+/[\w./-]+\.\w+)`", path.read_text())
        if mentioned.split("/")[0] not in {"var"} and not (ROOT / mentioned).exists()
    }

    judge("named files", breaches, mend="Correct the name.")


def test_the_layers_in_the_architecture_are_those_of_the_contract():
    contract = (ROOT / "pyproject.toml").read_text().split("layers = [")[1].split("]")[0]
    drawn = (ROOT / "docs" / "architecture.md").read_text().split("## Layers")[1].split("```")[1]
    named = re.findall(r"tibs\.\w+|matching|companies|brokers|regions", contract)

    assert [layer for layer in named if not re.search(rf"^(.*  )?{layer}\b", drawn, re.MULTILINE)] == [
        "tibs.wsgi"
    ]
