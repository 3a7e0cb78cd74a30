"""Every upward effect in one place: what happens elsewhere when something happened here.

A rule runs in the transaction of the event, and an error of it rolls both back. A nudge is a Celery task that is
told the primary key of the subject after the commit. Periodic tasks find again what a lost message left behind.
OWNED names what nobody may leave behind, LOADS who counts how many companies each broker serves,
ENDING_WITH who counts the introductions that end with a profile, HOLD_BETWEEN who locks
what companies have with each other. The zones and names at the end are for notices: whose
clock people live by, and what companies are called.
"""

from collections.abc import Callable, Iterable
from typing import Any

from celery.schedules import crontab

from brokers import clocks
from brokers import events as brokers_events
from brokers.ownership import Owned
from brokers.services import leaving
from companies import events as companies_events
from companies import ownership as companies_ownership
from companies import readers
from companies import tasks as companies
from companies.models import CooperationProfile
from companies.services import contacts, leads, notice_ownership, publishable, reading_ownership
from matching import events as matching_events
from matching import tasks as matching
from matching.services import (
    cooperation_ownership,
    cooperations,
    departures,
    holding,
    renewals,
    strategy_departures,
    unanswered,
)
from matching.services import merges as matching_merges
from matching.services.introductions import stopping as introductions
from tibs.accounts.actor import Actor
from tibs.core import heartbeat
from tibs.core import tasks as core
from tibs.entrance import events as entrance_events
from tibs.events import tasks as events
from tibs.events.dispatch import Rule
from tibs.events.vocabulary import Event

RULES: dict[Event, list[Rule]] = {
    brokers_events.BROKER_DEACTIVATED: [
        holding.hold_what_is_left,
        leaving.hand_everything_over,
        leaving.refuse_to_leave_rows_behind,
    ],
    companies_events.COMPANY_CLAIMED: [
        companies_ownership.owner_works_there,
        leads.settle_lead,
        notice_ownership.follow_company,
        cooperation_ownership.follow_company,
    ],
    companies_events.COMPANY_HANDED_OVER: [
        companies_ownership.owner_works_there,
        leads.settle_lead,
        notice_ownership.follow_company,
        introductions.follow_company,
        cooperation_ownership.follow_company,
    ],
    companies_events.STAGE_CHANGED: [
        leads.settle_lead,
        introductions.stop_without_company,
        departures.stand_still,
        strategy_departures.wait_no_longer,
        renewals.ask_for_company,
    ],
    companies_events.COMPANY_ABSORBED: [leads.settle_lead],
    companies_events.COMPANY_ERASED: [
        introductions.stop_without_company,
        introductions.forget_notes,
        departures.end_with,
        strategy_departures.wait_no_longer_for_erased,
        renewals.ask_for_company,
    ],
    companies_events.COMPANIES_MERGED: [
        matching_merges.keep_who_is_bound,
        matching_merges.end_pairs_within_one_company,
        renewals.ask_for_merge,
    ],
    companies_events.MERGE_UNDONE: [
        matching_merges.keep_introductions_whole,
        matching_merges.bring_back_pairs_of_two_companies,
        renewals.ask_for_merge,
    ],
    companies_events.PROFILE_CHANGED: [renewals.ask_for_profile],
    companies_events.PROFILE_PUBLISHED: [renewals.ask_for_profile],
    companies_events.PROFILE_WITHDRAWN: [introductions.stop_without_profile, renewals.ask_for_profile],
    companies_events.PROFILE_TAKEN_BACK: [introductions.stop_without_profile, renewals.ask_for_profile],
    companies_events.PROFILE_EXPIRED: [renewals.ask_for_profile],
    companies_events.INTEREST_CONFIRMED: [renewals.ask_for_profile],
    companies_events.INTEREST_ENDED: [renewals.ask_for_profile],
    companies_events.COMPANY_CHANGED: [renewals.ask_for_company],
    companies_events.CONSENT_GIVEN: [publishable.tell_of_consent, renewals.ask_for_company],
    companies_events.CONSENT_WITHDRAWN: [
        publishable.tell_of_lost_consent,
        introductions.stop_without_consent,
        renewals.ask_for_company,
    ],
    matching_events.COMPANY_BLOCKED: [introductions.stop_blocked, renewals.ask_for_block],
    matching_events.BLOCK_LIFTED: [renewals.ask_for_block],
    matching_events.INTRODUCED: [cooperations.follow_introduction],
    entrance_events.ADDRESS_CHANGED: [contacts.follow_address],
}

NUDGES: dict[Event, list[Any]] = {
    matching_events.RUN_REQUESTED: [matching.advance_run],
    matching_events.RUN_FINISHED: [matching.renew_waiting, matching.compare_sample],
    companies_events.PROFILE_CHANGED: [matching.renew_profile],
    companies_events.PROFILE_PUBLISHED: [matching.renew_profile, matching.introduce_waiting],
    companies_events.PROFILE_WITHDRAWN: [matching.renew_profile],
    companies_events.PROFILE_TAKEN_BACK: [matching.renew_profile],
    companies_events.PROFILE_EXPIRED: [matching.renew_profile],
    companies_events.INTEREST_CONFIRMED: [matching.renew_profile],
    companies_events.INTEREST_ENDED: [matching.renew_profile],
    companies_events.COMPANY_CHANGED: [matching.renew_waiting],
    companies_events.STAGE_CHANGED: [matching.renew_waiting, matching.introduce_waiting],
    companies_events.COMPANY_ERASED: [matching.renew_waiting],
    companies_events.CONSENT_GIVEN: [matching.renew_waiting, matching.introduce_waiting],
    companies_events.CONSENT_WITHDRAWN: [matching.renew_waiting],
    companies_events.COMPANIES_MERGED: [matching.renew_waiting],
    companies_events.MERGE_UNDONE: [matching.renew_waiting],
    matching_events.COMPANY_BLOCKED: [matching.renew_waiting],
    matching_events.BLOCK_LIFTED: [matching.renew_waiting],
}

# Task, and the seconds between two runs or a time of day (UTC).
PERIODIC: list[tuple[Any, float | crontab]] = [
    (core.beat_heart, heartbeat.EVERY),
    (events.sweep_outbox, 15),
    (events.sweep_letters, 15),
    (events.write_digests, 300),
    (events.seal_audit, 60),
    (companies.sweep_unanswered, 15 * 60),
    (companies.tell_saved_searches, crontab(hour="4-20", minute=20)),
    (companies.sweep_reviews, 15 * 60),
    (companies.nightly_profiles, crontab(hour=3, minute=15)),
    (companies.nightly_retention, crontab(hour=2, minute=30)),
    (matching.sweep_runs, 15),
    (matching.sweep_renewals, 15),
    (matching.follow_introductions, 5 * 60),
    (matching.sweep_follow_ups, 60 * 60),
    (matching.follow_talks, 15 * 60),
    (matching.nightly_run, crontab(hour=1, minute=30)),
]

OWNED: list[Owned] = [
    *introductions.OWNED,
    *reading_ownership.OWNED,
    *cooperation_ownership.OWNED,
    *unanswered.OWNED,
    *companies_ownership.OWNED,
    *leaving.OWNED,
]
LOADS: Callable[[Iterable[int]], dict[int, int]] = companies_ownership.loads
ENDING_WITH: Callable[[CooperationProfile], int] = introductions.ending_with
HOLD_BETWEEN: Callable[[Iterable[int]], None] = holding.hold_between
ZONES_AT_WORK: Callable[[Iterable[int]], dict[int, str]] = clocks.zones_at_work
ZONES_AT_FIRMS: Callable[[Iterable[int]], dict[int, str]] = readers.zones_at_firms
COMPANY_NAMES: Callable[[Iterable[str], Actor], dict[str, str]] = readers.company_names
