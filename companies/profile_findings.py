"""Findings of the text checks in the reader's words: what was found, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.profile_parts import label_of
from companies.profiles.checks import LONGEST, MOST_WAYS
from companies.profiles.findings import Finding, Severity

SEVERITIES: dict[Severity, Promise] = {
    Severity.BLOCKER: _("Must be mended"),
    Severity.MAJOR: _("Should be mended"),
    Severity.MINOR: _("Could be better"),
}
TAGS = {Severity.BLOCKER: "bad", Severity.MAJOR: "warning", Severity.MINOR: "sea"}

# What was found, and how to mend it.
WORDS: dict[str, tuple[Promise, Promise]] = {
    "name": (_("“%(quote)s” is the name of the company."), _("Write “the firm” instead.")),
    "name_part": (
        _("“%(quote)s” is a part of the company's name."),
        _("Leave it out, or choose a word that others use, too."),
    ),
    "person": (
        _("“%(quote)s” is a person at the company."),
        _("Name the role instead, such as “the owner”."),
    ),
    "person_part": (
        _("“%(quote)s” is the family name of a person at the company."),
        _("Leave it out unless it means something else here."),
    ),
    "town": (_("“%(quote)s” is the town of the company."), _("Name the country or a larger region.")),
    "address": (_("“%(quote)s” looks like an address."), _("Leave it out. The region is shown anyway.")),
    "email": (
        _("“%(quote)s” is an e-mail address."),
        _("Leave it out. Contacts are told after both firms agreed."),
    ),
    "web": (_("“%(quote)s” is a web address."), _("Describe in words what is to be seen there.")),
    "phone": (
        _("“%(quote)s” looks like a phone number."),
        _("Leave it out. Contacts are told after both firms agreed."),
    ),
    "number": (_("“%(quote)s” looks like a number from a register."), _("Leave it out.")),
    "own_brand": (
        _("“%(quote)s” is a brand of the company."),
        _("Name the kind of product instead."),
    ),
    "brand": (
        _("“%(quote)s” looks like a brand."),
        _("Name the kind of product if it is the firm's own brand."),
    ),
    "too_long": (
        _("This text has %(number)s characters, at most %(most)s fit."),
        _("Shorten it. Nothing is cut for you."),
    ),
    "missing": (_("This is not filled in yet."), _("Fill it in before a second reader sees the profile.")),
    "no_role": (
        _("The role of the partner is not described."),
        _("Say who the partner is and what the partner does."),
    ),
    "vague_role": (
        _("It is hard to see who the partner is and what the partner does."),
        _("Name the kind of partner, the tasks, and what the partner gains."),
    ),
    "first_person": (
        _("“%(quote)s” speaks as the firm, or to the reader."),
        _("Write in the third person: “the firm offers”."),
    ),
    "claim": (
        _("“%(quote)s” is a claim without evidence."),
        _("Add a figure, a test, a certificate or a comparison, or leave it out."),
    ),
    "offer_buys": (
        _("“%(quote)s”: whoever looks for a supplier pays. That is a request."),
        _("Choose a request as the type, or say what the firm earns with."),
    ),
    "request_sells": (
        _("“%(quote)s”: whoever looks for customers earns. That is an offer."),
        _("Choose an offer as the type, or say what the firm pays for."),
    ),
    "repetition": (
        _("This says the same as the text above it."),
        _("Use the room for something new."),
    ),
    "short_title": (
        _("The title is very short."),
        _("Say what it is about, which cooperation is meant, and from which country."),
    ),
    "many_ways": (
        _("%(number)s ways to work together are chosen."),
        _("Choose at most %(most)s: broad profiles find nobody."),
    ),
    "not_research": (
        _("A request for research partners leads to joint research."),
        _("Choose “Research and development” among the ways to work together."),
    ),
    "no_english": (
        _("There is no English title and summary yet."),
        _("Add them: the second reader and partners of all countries read English."),
    ),
}


@dataclass(frozen=True)
class Remark:
    """One finding as a page shows it. `field` is the code of the part, `label` its name, `kind` that of a tag."""

    field: str
    label: str
    language: str
    severity: str
    kind: str
    sentence: str
    mend: str
    blocks: bool


def remarks_of(findings: Iterable[Finding], kind: str) -> list[Remark]:
    """Findings about a profile of this type, in the reader's language. What was found many times is said once."""
    said: dict[tuple[str, str, str, str], Finding] = {}
    for finding in findings:
        said.setdefault((finding.code, finding.field, finding.language, finding.quote), finding)
    return [_remark(finding, kind) for finding in said.values()]


def _remark(finding: Finding, kind: str) -> Remark:
    sentence, mend = WORDS[finding.code]
    most = MOST_WAYS if finding.code == "many_ways" else LONGEST.get(finding.field, 0)
    values = {"quote": finding.quote, "number": finding.number, "most": most}
    return Remark(
        field=finding.field,
        label=str(label_of(finding.field, kind)),
        language=finding.language,
        severity=str(SEVERITIES[finding.severity]),
        kind=TAGS[finding.severity],
        sentence=str(sentence) % values,
        mend=str(mend) % values,
        blocks=finding.severity == Severity.BLOCKER,
    )
