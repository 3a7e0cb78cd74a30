"""Addresses of the matching."""

from django.urls import path

from matching.views import (
    agreements,
    blocks,
    compare,
    cooperations,
    follow_ups,
    introductions,
    meetings,
    opinions,
    partners,
    review,
    strategies,
)
from matching.views import own_introductions as own

ONE = "introductions/<introduction:public_id>/"
MINE = "mine/introductions/<introduction:public_id>/"
COOPERATION, MEETING = "cooperations/<cooperation:public_id>/", "meetings/<meeting:public_id>/"
AGREEMENT, STRATEGY = "agreements/<agreement:public_id>/", "strategies/<strategy:public_id>/"

urlpatterns = [
    path("profiles/<profile:public_id>/matches/", partners.profile_matches, name="profile_matches"),
    path("partners/", partners.partner_search, name="partner_search"),
    path("matches/", review.match_review, name="match_review"),
    path("matches/shortlist/", review.match_shortlist, name="match_shortlist"),
    path("matches/questions/<view_request:public_id>/", opinions.view_request, name="view_request"),
    path("matches/questions/<view_request:public_id>/pass/", opinions.view_pass, name="view_pass"),
    path("profiles/<profile:public_id>/compare/", compare.match_compare, name="match_compare"),
    path(
        "profiles/<profile:public_id>/matches/<match:match_id>/decide/",
        review.match_decide,
        name="match_decide",
    ),
    path("profiles/<profile:public_id>/matches/<match:match_id>/ask/", opinions.match_ask, name="match_ask"),
    path("companies/<company:public_id>/blocks/", blocks.company_blocks, name="company_blocks"),
    path("companies/<company:public_id>/blocks/<int:pk>/lift/", blocks.block_lift, name="block_lift"),
    path("introductions/", introductions.introductions, name="introductions"),
    path(ONE, introductions.introduction, name="introduction"),
    path(f"{ONE}texts/", introductions.introduction_texts, name="introduction_texts"),
    path(f"{ONE}contacts/", introductions.introduction_contacts, name="introduction_contacts"),
    path(f"{ONE}do/<slug:act>/", introductions.introduction_act, name="introduction_act"),
    path("matches/<match:public_id>/introduce/", introductions.introduction_new, name="introduction_new"),
    path(
        "interest/<expression:public_id>/introduce/",
        introductions.introduction_from_interest,
        name="introduction_from_interest",
    ),
    path("mine/<company:public_id>/introductions/", own.own_introductions, name="own_introductions"),
    path(MINE, own.own_introduction, name="own_introduction"),
    path(f"{MINE}contacts/", own.own_introduction_contacts, name="own_introduction_contacts"),
    path("mine/<company:public_id>/partners/", cooperations.own_partners, name="own_partners"),
    path("cooperations/", cooperations.cooperations, name="cooperations"),
    path(COOPERATION, cooperations.cooperation, name="cooperation"),
    path(f"{COOPERATION}step/", cooperations.cooperation_step, name="cooperation_step"),
    path(f"{COOPERATION}end/", cooperations.cooperation_give_up, name="cooperation_give_up"),
    path(f"{COOPERATION}meeting/", meetings.meeting_propose, name="meeting_propose"),
    path(f"{COOPERATION}agreement/", agreements.agreement_write, name="agreement_write"),
    path(f"{MEETING}times/", meetings.meeting_times, name="meeting_times"),
    path(f"{MEETING}take/", meetings.meeting_take, name="meeting_take"),
    path(f"{MEETING}cancel/", meetings.meeting_cancel, name="meeting_cancel"),
    path(f"{MEETING}calendar/", meetings.meeting_calendar, name="meeting_calendar"),
    path(f"{MEETING}minutes/", meetings.meeting_minutes, name="meeting_minutes"),
    path("agreements/", agreements.agreements_to_validate, name="agreements_to_validate"),
    path(AGREEMENT, agreements.agreement, name="agreement"),
    path(f"{AGREEMENT}evidence/", agreements.agreement_evidence, name="agreement_evidence"),
    path(f"{AGREEMENT}file/", agreements.agreement_file, name="agreement_file"),
    path(f"{AGREEMENT}state/", agreements.agreement_state, name="agreement_state"),
    path(f"{AGREEMENT}disagree/", agreements.agreement_disagree, name="agreement_disagree"),
    path(f"{AGREEMENT}judge/", agreements.agreement_judge, name="agreement_judge"),
    path("follow-ups/<follow_up:public_id>/", follow_ups.follow_up, name="follow_up"),
    path("strategies/", strategies.strategies, name="strategies"),
    path("strategies/new/", strategies.strategy_new, name="strategy_new"),
    path(STRATEGY, strategies.strategy, name="strategy"),
    path(f"{STRATEGY}edit/", strategies.strategy_edit, name="strategy_edit"),
    path(f"{STRATEGY}members/", strategies.strategy_member, name="strategy_member"),
    path(f"{STRATEGY}activities/", strategies.strategy_activity, name="strategy_activity"),
    path(f"{STRATEGY}sign/", strategies.strategy_sign, name="strategy_sign"),
    path(f"{STRATEGY}answer/", strategies.strategy_answer, name="strategy_answer"),
    path(f"{STRATEGY}move/", strategies.strategy_move, name="strategy_move"),
    path(f"{STRATEGY}pdf/", strategies.strategy_printed, name="strategy_pdf"),
]
