"""The demo story is data that people read: it must be complete, anonymous where it says so, and varied."""

import csv
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import regions.reference
import tibs.demo
from companies.profile_parts import PARTS
from companies.profiles.checks import check
from companies.profiles.findings import Draft, Facts, Identity, Severity, Text

STORY = Path(tibs.demo.__file__).parent / "story"
COUNTRIES = {"PL", "FI", "DK", "DE", "EE", "LT", "LV"}
LANGUAGES = {"en", "pl", "fi", "da", "de", "et", "lt", "lv"}
HOME_LANGUAGE = {"PL": "pl", "FI": "fi", "DK": "da", "DE": "de", "EE": "et", "LT": "lt", "LV": "lv"}
TYPES = {"BO", "BR", "TO", "TR", "RDR"}
AREAS = {"INB", "OPS", "OUT", "MKT", "SRV", "PRC", "TEC", "HRM", "INF"}
DOMAINS = {"HEALTH", "ICT", "MANUF", "BIO", "ENERGY", "MOBIL", "CIRC", "CREAT", "TEQ", "BUILD", "WATER"}
STAGES = {"lead", "screening", "not_eligible", "enrolled", "active", "dormant", "withdrawn"}
COOPERATION = {
    "DISTRIBUTION", "SUPPLY", "SUBCONTRACTING", "JOINT_PRODUCTION", "RND",
    "LICENCE", "INVESTMENT", "SERVICE", "TRAINING", "LOGISTICS",
}  # fmt: skip
ROLES = {"broker": 14, "coordinator": 8, "staff": 1, "analyst": 1, "administrator": 1}
PARTNER_AREAS = {
    "PL841", "PL842", "PL843", "LV00C", "EE008", "LT022", "LT011", "FI1C7", "DE600", "DK031", "DK032",
}  # fmt: skip
LEGAL_FORM = re.compile(r"Sp\. z o\.o\.|\b(SIA|UAB|OÜ|Oy|ApS|A/S|GmbH)\b|[\"„“]")
IDENTITY = re.compile(
    r"@|https?:|www\.|\b\w+\.(com|eu|pl|fi|dk|de|ee|lt|lv)\b|\+\d{2}|\d{3}[ -]\d{3}[ -]\d{3}"
)


def read(name: str) -> dict[str, list[dict[str, Any]]]:
    """One file of the story, as its lists of tables."""
    return tomllib.loads((STORY / name).read_text(encoding="utf-8"))


def companies_by_country() -> dict[str, list[dict[str, Any]]]:
    files = {code: read(f"companies_{code.lower()}.toml") for code in sorted(COUNTRIES)}
    return {code: content["company"] for code, content in files.items()}


def reference_rows(name: str) -> list[dict[str, str]]:
    """The rows of a shipped reference file."""
    path = Path(regions.reference.__file__).parent / name
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


NACE_CLASSES = {row["code"] for row in reference_rows("nace_codes.csv") if row["level"] == "4"}
NUTS_3 = {
    row["code"]: row["country"]
    for row in reference_rows("regions.csv")
    if row["level"] == "3" and row["nuts_version"] == "2024"
}
COMPANIES = [company for listed in companies_by_country().values() for company in listed]
COUNTRY_OF = {company["key"]: code for code, listed in companies_by_country().items() for company in listed}
PLANNED = read("planned_pairs.toml")
PEOPLE = read("people.toml")["person"]

each_company = pytest.mark.parametrize("company", COMPANIES, ids=lambda company: company["key"])


def anonymous_texts(company: dict[str, Any]) -> list[str]:
    """The texts of a profile that a foreign reader sees before an introduction."""
    profile = company["profile"]
    return [profile[field] for field in ("title_en", "summary_en", "offered", "sought") if field in profile]


@each_company
def test_profile_uses_known_codes(company: dict[str, Any]) -> None:
    profile = company["profile"]

    assert profile["type"] in TYPES
    assert profile["area"] in AREAS
    assert profile["domain"] in DOMAINS
    assert company["stage"] in STAGES
    assert set(profile["cooperation"]) <= COOPERATION
    assert profile["cooperation"]
    assert set(profile["wishes"]) <= COUNTRIES - {COUNTRY_OF[company["key"]]}


@each_company
def test_profile_is_written_in_the_language_of_its_country_or_in_english(company: dict[str, Any]) -> None:
    home = HOME_LANGUAGE[COUNTRY_OF[company["key"]]]

    assert company["profile"]["language"] in {home, "en"}
    assert {home, "en"} <= set(company["profile"]["languages"])
    assert set(company["profile"]["languages"]) <= LANGUAGES


@each_company
def test_profile_texts_keep_their_lengths(company: dict[str, Any]) -> None:
    profile = company["profile"]
    sides = [profile[side] for side in ("offered", "sought") if side in profile]

    assert sides
    assert all(60 <= len(side) <= 250 for side in sides)
    assert 20 <= len(profile["title_en"]) <= 100
    assert 60 <= len(profile["summary_en"]) <= 300


@each_company
def test_anonymous_texts_do_not_identify_the_company(company: dict[str, Any]) -> None:
    bare_name = LEGAL_FORM.sub("", company["name"]).strip().casefold()
    telling = {bare_name, bare_name.split()[0], company["key"], company["city"].casefold()}

    for text in anonymous_texts(company):
        assert not IDENTITY.search(text)
        assert not [word for word in telling if word in text.casefold()]


@each_company
def test_company_is_a_plausible_sme_of_its_country(company: dict[str, Any]) -> None:
    assert re.fullmatch(r"[a-z]+", company["key"])
    assert NUTS_3[company["nuts3"]] == COUNTRY_OF[company["key"]]
    assert company["nace"] in NACE_CLASSES
    assert 1950 <= company["founded"] <= 2025
    assert 1 <= company["employees"] < 250
    assert 0 < company["turnover_meur"] <= 50
    assert LEGAL_FORM.search(company["name"])


@each_company
def test_contact_writes_from_a_domain_that_cannot_exist(company: dict[str, Any]) -> None:
    local, domain = company["contact"]["email"].split("@")

    assert domain == f"{company['key']}.example"
    assert local.isascii()
    assert len(company["contact"]["name"].split()) >= 2


@each_company
def test_profile_passes_the_automatic_check(company: dict[str, Any]) -> None:
    profile = company["profile"]

    found = check(draft_of(profile, Identity(names=(company["name"],), people=(company["contact"]["name"],))))

    assert [finding for finding in found if finding.severity == Severity.BLOCKER] == []


@pytest.mark.parametrize("told", read("drafts.toml")["draft"], ids=lambda told: told["title_en"])
def test_second_profile_passes_the_check_once_somebody_reads_it(told: dict[str, Any]) -> None:
    found = check(draft_of(told | {"language": "en"}, Identity(names=(told["company"],))))

    blockers = [finding.code for finding in found if finding.severity == Severity.BLOCKER]
    assert bool(blockers) == (told["state"] == "draft")


def draft_of(profile: dict[str, Any], identity: Identity) -> Draft:
    """A profile of the story as the checks take it."""
    english = {"title": profile["title_en"], "summary": profile["summary_en"]}
    original = {part: profile.get(part, "") for part in PARTS}
    if profile["language"] == "en":
        original |= english
    facts = Facts(
        type=profile["type"],
        cooperation_types=tuple(profile["cooperation"]),
        partner_kinds=tuple(profile["partners"]),
        keywords=tuple(profile["keywords"]),
        development=profile.get("development", ""),
        protection=profile.get("protection", ""),
        call="call" in profile,
    )
    return Draft(
        facts, (Text(profile["language"], original), Text("en", english, is_original=False)), identity
    )


def test_introductions_say_no_sentence_twice() -> None:
    told = [*read("introductions.toml")["introduction"], *read("cooperations.toml")["cooperation"]]
    texts = Counter(pair[part] for pair in told for part in ("presentation", "interest", "question"))

    assert [text for text, count in texts.items() if count > 1] == []
    assert all(150 <= len(text) <= 600 for text in texts)


def test_introductions_join_active_companies_of_different_countries() -> None:
    active = {company["key"] for company in COMPANIES if company["stage"] == "active"}

    for pair in [*read("introductions.toml")["introduction"], *read("cooperations.toml")["cooperation"]]:
        assert {pair["sender"], pair["receiver"]} <= active
        assert COUNTRY_OF[pair["sender"]] != COUNTRY_OF[pair["receiver"]]


def test_each_country_tells_seventeen_or_eighteen_stories() -> None:
    assert {len(listed) for listed in companies_by_country().values()} <= {17, 18}


def test_keys_names_people_and_addresses_are_unique() -> None:
    people = [company["contact"] for company in COMPANIES] + PEOPLE

    for values in (
        [company["key"] for company in COMPANIES],
        [company["name"] for company in COMPANIES],
        [person["name"] for person in people],
        [person["email"] for person in people],
    ):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_no_text_is_repeated() -> None:
    texts = Counter(text for company in COMPANIES for text in anonymous_texts(company))

    assert [text for text, count in texts.items() if count > 1] == []


def test_all_eight_languages_appear_and_about_one_in_eight_profiles_is_english() -> None:
    languages = Counter(company["profile"]["language"] for company in COMPANIES)

    assert set(languages) == LANGUAGES
    assert 0.08 <= languages["en"] / len(COMPANIES) <= 0.16


def test_all_types_areas_domains_and_cooperation_types_appear() -> None:
    profiles = [company["profile"] for company in COMPANIES]

    assert {profile["type"] for profile in profiles} == TYPES
    assert {profile["area"] for profile in profiles} == AREAS
    assert {profile["domain"] for profile in profiles} == DOMAINS
    assert {code for profile in profiles for code in profile["cooperation"]} == COOPERATION


def test_partner_areas_carry_most_of_the_story_but_not_all_of_it() -> None:
    regions = Counter(company["nuts3"] for company in COMPANIES)
    inside = sum(count for region, count in regions.items() if region in PARTNER_AREAS)

    assert set(regions) >= PARTNER_AREAS
    assert 0.55 <= inside / len(COMPANIES) <= 0.85


def test_planned_pairs_join_active_companies_of_different_countries() -> None:
    active = {company["key"] for company in COMPANIES if company["stage"] == "active"}
    pairs = PLANNED["pair"]

    assert len(pairs) >= 50
    assert len({frozenset((pair["a"], pair["b"])) for pair in pairs}) == len(pairs)
    for pair in pairs:
        assert {pair["a"], pair["b"]} <= active
        assert COUNTRY_OF[pair["a"]] != COUNTRY_OF[pair["b"]]
        assert pair["direction"] in {"a_offers", "both"}
        assert pair["why"].endswith(".")


def test_planned_pairs_need_an_offer_and_a_request() -> None:
    profiles = {company["key"]: company["profile"] for company in COMPANIES}

    for pair in PLANNED["pair"]:
        assert "offered" in profiles[pair["a"]]
        assert "sought" in profiles[pair["b"]]
        if pair["direction"] == "both":
            assert {"offered", "sought"} <= set(profiles[pair["a"]]) & set(profiles[pair["b"]])


def test_planned_pairs_respect_the_wished_countries_of_both_sides() -> None:
    wishes = {company["key"]: company["profile"]["wishes"] for company in COMPANIES}

    for pair in PLANNED["pair"]:
        for key, partner in ((pair["a"], pair["b"]), (pair["b"], pair["a"])):
            assert not wishes[key] or COUNTRY_OF[partner] in wishes[key]


def test_most_companies_wish_no_country_in_particular() -> None:
    assert sum(bool(company["profile"]["wishes"]) for company in COMPANIES) <= len(COMPANIES) / 4


def test_triangles_are_chains_of_planned_pairs_over_several_countries() -> None:
    joined = {frozenset((pair["a"], pair["b"])) for pair in PLANNED["pair"]}

    for triangle in PLANNED["triangle"]:
        first, second, third = triangle["members"]
        sides = [{first, second}, {second, third}, {first, third}]
        assert sum(side in joined for side in sides) >= 2
        assert len({COUNTRY_OF[key] for key in triangle["members"]}) >= 2


def test_competitors_and_lonely_companies_are_in_no_planned_pair() -> None:
    joined = {frozenset((pair["a"], pair["b"])) for pair in PLANNED["pair"]}
    lonely = {entry["key"] for entry in PLANNED["without_partner"]}

    for entry in PLANNED["competitors"]:
        assert {entry["a"], entry["b"]} <= set(COUNTRY_OF)
        assert {entry["a"], entry["b"]} not in joined
    assert lonely <= set(COUNTRY_OF)
    assert not lonely & {key for pair in joined for key in pair}


def test_every_active_company_is_planned_or_declared_lonely() -> None:
    planned = {pair[side] for pair in PLANNED["pair"] for side in ("a", "b")}
    lonely = {entry["key"] for entry in PLANNED["without_partner"]}
    active = {company["key"] for company in COMPANIES if company["stage"] == "active"}

    assert active - planned - lonely == set()


def test_people_fill_every_role_and_every_host_organisation() -> None:
    brokers = [person for person in PEOPLE if person["role"] == "broker"]
    coordinators = [person["organisation"] for person in PEOPLE if person["role"] == "coordinator"]

    assert Counter(person["role"] for person in PEOPLE) == ROLES
    assert Counter(broker["country"] for broker in brokers) == dict.fromkeys(COUNTRIES, 2)
    assert sorted(coordinators) == list(range(1, 9))


def test_brokers_of_a_country_cover_every_domain_and_speak_its_language() -> None:
    for country in COUNTRIES:
        brokers = [p for p in PEOPLE if p["role"] == "broker" and p["country"] == country]
        assert {domain for broker in brokers for domain in broker["domains"]} == DOMAINS
        assert all(
            {HOME_LANGUAGE[country], "en"} <= set(broker["languages"]) <= LANGUAGES for broker in brokers
        )


def test_story_files_stay_small_enough_to_review() -> None:
    assert all(path.stat().st_size < 40_000 for path in STORY.glob("*.toml"))
