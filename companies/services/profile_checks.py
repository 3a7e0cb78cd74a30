"""The text checks of a profile as it is stored, with what its company is known by."""

from companies.calls import call_of
from companies.identity import name_key, normalised_domain
from companies.models import Company, CooperationProfile
from companies.profile_parts import PARTS
from companies.profiles.checks import check, giveaways
from companies.profiles.findings import Draft, Facts, Finding, Identity, Severity, Text


def findings_of(profile: CooperationProfile) -> list[Finding]:
    """Everything the checks find, what blocks first. Costs two queries beside the profile's texts and call."""
    return check(draft_of(profile, identity_of(profile.company)))


def blockers_of(profile: CooperationProfile) -> list[Finding]:
    """What must be mended before anybody else reads the profile."""
    return [finding for finding in findings_of(profile) if finding.severity == Severity.BLOCKER]


def giveaways_of(profile: CooperationProfile) -> list[Finding]:
    """The passages that give the company away by what it is known by today: what was read and approved may name
    somebody who came to the company since."""
    return giveaways(draft_of(profile, identity_of(profile.company)))


def draft_of(profile: CooperationProfile, identity: Identity) -> Draft:
    """The profile as the checks take it; reads `profile.texts` and `profile.call`."""
    texts = [
        Text(text.language, {part: getattr(text, part) for part in PARTS}, text.is_original)
        for text in profile.texts.all()
    ]
    return Draft(facts_of(profile), tuple(texts), identity, _call_of(profile))


def _call_of(profile: CooperationProfile) -> dict[str, str]:
    """What is written of the call, by the fields of the form; nothing where it is shown to nobody."""
    call = call_of(profile)
    if call is None:
        return {}
    return {f"call_{name}": getattr(call, name) for name in ("programme", "title", "website")}


def facts_of(profile: CooperationProfile) -> Facts:
    return Facts(
        type=profile.type,
        cooperation_types=tuple(profile.cooperation_types),
        partner_kinds=tuple(profile.partner_kinds),
        keywords=tuple(profile.keywords),
        development=profile.development,
        protection=profile.protection,
        call=hasattr(profile, "call"),
    )


def identity_of(company: Company) -> Identity:
    """By what a company and its people are known; entries that were merged into it told other names of it."""
    others = company.merged.values_list("name", flat=True) if company.pk else []
    names = {name_key(name) for name in (company.name, *others)}
    domain = normalised_domain(company.website) or company.web_domain
    contacts = list(company.contacts.values_list("name", "phone"))
    return Identity(
        names=_said(*names),
        people=tuple(name for name, _phone in contacts),
        domains=_said(domain),
        numbers=_said(company.register_number, company.vat_number),
        phones=_said(*(phone for _name, phone in contacts)),
        streets=_said(company.street, company.postcode),
        towns=_said(company.city),
        brands=tuple(company.brands),
    )


def _said(*values: str) -> tuple[str, ...]:
    return tuple(value for value in values if value)
