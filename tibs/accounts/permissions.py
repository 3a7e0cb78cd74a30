"""Everything that somebody may be allowed to do, once. Roles hold sets of these; policies ask for them."""

from enum import StrEnum


class Permission(StrEnum):
    READ_COMPANIES = "companies.read"
    CHANGE_COMPANIES = "companies.change"
    RELEASE_REGISTRATIONS = "registrations.release"
    MERGE_COMPANIES = "companies.merge"
    PUBLISH_PROFILES = "profiles.publish"
    READ_MATCHES = "matches.read"
    SEARCH_PARTNERS = "partners.search"
    RUN_MATCHING = "matching.run"
    READ_REPORTS = "reports.read"
    READ_NETWORK = "network.read"
    MANAGE_TEAMS = "teams.manage"
    REPEAT_WORK = "work.repeat"
    ADMINISTER = "platform.administer"
