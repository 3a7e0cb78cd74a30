"""Taking policy checks out of the product, one at a time."""

import inspect
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.sources import PRODUCT, ROOT, python_files


def policies() -> dict[str, Callable[..., Any]]:
    """Every policy by its full name, such as `brokers.policies.can_open_teams`."""
    found = {}
    for path in python_files():
        if path.name == "policies.py":
            module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if name.startswith("can_") and function.__module__ == module.__name__:
                    found[f"{module.__name__}.{name}"] = function
    return found


def replace(patch: pytest.MonkeyPatch, function: Callable[..., Any], other: Callable[..., Any]) -> None:
    """Put `other` wherever the product knows `function` by name."""
    for module, name in _places(function):
        patch.setattr(module, name, other)


def _places(function: Callable[..., Any]) -> Iterator[tuple[Any, str]]:
    for title, module in list(sys.modules.items()):
        if title.split(".")[0] in PRODUCT:
            yield from ((module, name) for name, held in list(vars(module).items()) if held is function)


def visibilities() -> dict[str, type[models.QuerySet[Any]]]:
    """The queryset classes that say which rows somebody sees, by the label of their model."""
    managers = {model._meta.label: model._default_manager.all() for model in apps.get_models()}
    return {label: type(rows) for label, rows in managers.items() if hasattr(rows, "visible_to")}


# A row of routes.toml in which somebody is refused by this check alone.
WATCHED_BY = {
    "brokers.policies.can_administer": "broker_profile",
    "brokers.policies.can_change_broker": "training",
    "brokers.policies.can_manage_members": "training",
    "brokers.policies.can_open_teams": "broker_profile",
    "brokers.policies.can_read_network": "broker_network",
    "brokers.policies.can_recover_access": "team_recover",
    "companies.policies.can_ask_another_reader": "review_pass",
    "companies.policies.can_assess": "assessment_step",
    "companies.policies.can_change_company": "assessment_complete",
    "companies.policies.can_decide_for_company": "company_consents",
    "companies.policies.can_erase_company": "company_erasure",
    "companies.policies.can_look_for_duplicates": "company_duplicates",
    "companies.policies.can_merge_companies": "company_merge",
    "companies.policies.can_rate_own_company": "company_assessments",
    "companies.policies.can_read_companies": "companies",
    "companies.policies.can_read_for": "review",
    "companies.policies.can_read_held_registrations": "held_registrations",
    "companies.policies.can_see_contacts": "contact_reveal",
    "companies.policies.can_undo_merge": "company_merge_undo",
    "companies.policies.can_work_on_companies": "companies_change",
    "companies.policies.can_write_message": "company_messages",
    "matching.policies.can_answer_view": "view_pass",
    "matching.policies.can_begin_introduction": "introduction_from_interest",
    "matching.policies.can_begin_strategy": "strategy_new",
    "matching.policies.can_decide_on_matches": "match_decide",
    "matching.policies.can_judge_agreements": "agreements_to_validate",
    "matching.policies.can_lead_strategy": "strategy_edit",
    "matching.policies.can_read_evidence": "agreement_file",
    "matching.policies.can_read_matches": "api_profile_matches",
    "matching.policies.can_read_partner_contacts": "introduction_contacts",
    "matching.policies.can_search_partners": "partner_search",
    "matching.policies.can_take_part": "agreement_evidence",
    "matching.policies.can_validate": "agreement_judge",
    "matching.policies.can_work_on_cooperation": "cooperation_step",
    "tibs.reports.policies.can_read_reports": "corridors",
    "companies.Company.visible_to": "company",
    "matching.Introduction.visible_to": "introduction",
    "companies.Assessment.visible_to": "assessment_part",
    "companies.ExpressionOfInterest.visible_to": "interest",
    "companies.ProfileReview.visible_to": "review",
    "companies.SavedSearch.visible_to": "search_change",
    "matching.Agreement.visible_to": "agreement",
    "matching.Cooperation.visible_to": "cooperation",
    "matching.FollowUp.visible_to": "follow_up",
    "matching.JointStrategy.visible_to": "strategy",
    "matching.Meeting.visible_to": "meeting_calendar",
    "matching.ViewRequest.visible_to": "view_request",
    "tibs.reports.policies.can_repeat_work": "parked",
}
# Checks that visits without input cannot tell apart; their own tests ask them directly.
BEHIND_ANOTHER = "whoever it refuses does not see the thing, or is refused by another check as well"
NEEDS_INPUT = "it is asked about what a form or a file holds, which visits leave empty"
IN_ANSWERS = "it decides what a page shows, not who may open it"
NOT_ASKED = "no page lists these rows by themselves: they are reached through what they belong to"
NOT_WATCHED = {
    "brokers.policies.can_choose_default": NEEDS_INPUT,
    "brokers.policies.can_invite": BEHIND_ANOTHER,
    "companies.policies.can_answer": BEHIND_ANOTHER,
    "companies.policies.can_change_search": BEHIND_ANOTHER,
    "companies.policies.can_answer_merge": NEEDS_INPUT,
    "companies.policies.can_ask_for_merge": NEEDS_INPUT,
    "companies.policies.can_change_view": BEHIND_ANOTHER,
    "companies.policies.can_claim_company": BEHIND_ANOTHER,
    "companies.policies.can_create_lead": NEEDS_INPUT,
    "companies.policies.can_import_companies": NEEDS_INPUT,
    "companies.policies.can_publish_profile": NEEDS_INPUT,
    "companies.policies.can_read_company_file": IN_ANSWERS,
    "companies.policies.can_release_registration": BEHIND_ANOTHER,
    "companies.policies.can_take_all_data": BEHIND_ANOTHER,
    "companies.policies.can_undo_change": BEHIND_ANOTHER,
    "companies.Attachment.visible_to": NOT_ASKED,
    "companies.CooperationProfile.visible_to": BEHIND_ANOTHER,
    "companies.SavedView.visible_to": IN_ANSWERS,
    "events.InboxItem.visible_to": IN_ANSWERS,
    "matching.Block.visible_to": NOT_ASKED,
    "matching.Impression.visible_to": NOT_ASKED,
    "matching.Match.visible_to": IN_ANSWERS,
    "matching.MatchDecision.visible_to": IN_ANSWERS,
    "matching.policies.can_read_shared_file": IN_ANSWERS,
    "matching.policies.can_transfer_introduction": NEEDS_INPUT,
    "tibs.reports.policies.can_read_small_figures": IN_ANSWERS,
}
