"""A page of results for a list of requests: who was found, why, and how a reader judged it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from companies.models import CooperationProfile
from matching.engine.weights import Weights
from matching.services.partners import Partner
from matching.services.vectors import encoder

MARKS = {True: "yes", False: "no", None: "?"}


@dataclass(frozen=True)
class Answer:
    """What the search found for one request, and the seconds it took."""

    asked: Mapping[str, str]
    partners: Sequence[Partner]
    seconds: float


def write_report(answers: Sequence[Answer], judged: Mapping[str, Any]) -> str:
    """Markdown. `judged` holds `relevant` (request id -> external ids), `[notes]` (request id -> words) and texts."""
    relevant = judged["relevant"]
    lines = [
        "# Partners of real companies",
        "",
        judged["introduction"].strip(),
        "",
        _versions(answers),
        "",
        "## Precision at five, by language",
        "",
        *_precision(answers, relevant),
        "",
        "## What fails",
        "",
        judged["failures"].strip(),
        "",
        "## The requests",
        "",
    ]
    for answer in answers:
        lines += _request(answer, relevant, judged.get("notes", {}))
    lines += [judged["appendix"].strip(), ""]
    return "\n".join(lines)


def _versions(answers: Sequence[Answer]) -> str:
    seconds = [answer.seconds for answer in answers]
    return (
        f"{CooperationProfile.objects.matchable().count()} profiles searched; encoder {encoder().version}, "
        f"weights {Weights().version}. A search took {1000 * median(seconds):.0f} ms in the median and "
        f"{1000 * max(seconds):.0f} ms at most, encoding of the request included (budget 300 ms)."
    )


def _mark(answer: Answer, partner: Partner, relevant: Mapping[str, Sequence[str]]) -> bool | None:
    known = relevant.get(answer.asked["id"])
    return None if known is None else partner.profile.company.external_id in known


def _precision(answers: Sequence[Answer], relevant: Mapping[str, Sequence[str]]) -> list[str]:
    lines = ["| language | requests | relevant in the top five | precision@5 |", "|---|---|---|---|"]
    hits: dict[str, list[bool]] = {}
    for answer in answers:
        marks = [bool(_mark(answer, partner, relevant)) for partner in answer.partners]
        hits.setdefault(answer.asked["language"], []).extend(marks)
    hits["all"] = [mark for marks in hits.values() for mark in marks]
    for language, found in hits.items():
        requests = sum(language in {answer.asked["language"], "all"} for answer in answers)
        lines.append(
            f"| {language} | {requests} | {sum(found)} of {len(found)} | {sum(found) / len(found):.2f} |"
        )
    return lines


def _request(answer: Answer, relevant: Mapping[str, Sequence[str]], notes: Mapping[str, str]) -> list[str]:
    asked = answer.asked
    lines = [
        f"### {asked['id']} (from {asked['country']}, in {asked['language']})",
        "",
        f"> {asked['text']}",
        "",
    ]
    if asked["language"] != "en":
        lines += [f"In English: {asked['gloss_en']}", ""]
    lines += [f"Relevant is who: {asked['looks_for']}", ""]
    lines += [
        "| | company | country | score | relevant | the sentence that met the request |",
        "|---|---|---|---|---|---|",
    ]
    for partner in answer.partners:
        company = partner.profile.company
        quote = partner.explanation.forward.offered_quote
        words = quote.text.replace("|", "/") if quote else "–"
        words = words if len(words) <= 160 else f"{words[:157]}…"
        mark = MARKS[_mark(answer, partner, relevant)]
        lines.append(
            f"| {partner.rank} | {company.name} | {company.country_id} | {partner.score:.3f} | {mark} | {words} |"
        )
    if note := notes.get(asked["id"]):
        lines += ["", note]
    return [*lines, ""]
