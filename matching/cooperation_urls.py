"""Addresses of cooperations and of what belongs to them."""

from django.urls import path

from matching.cooperation_views import agreements, cooperations, follow_ups, meetings, strategies

COOPERATION, MEETING = "cooperations/<cooperation:public_id>/", "meetings/<meeting:public_id>/"
AGREEMENT, STRATEGY = "agreements/<agreement:public_id>/", "strategies/<strategy:public_id>/"

urlpatterns = [
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
    path(f"{AGREEMENT}judge/", agreements.agreement_judge, name="agreement_judge"),
    path("follow-ups/<follow_up:public_id>/", follow_ups.follow_up, name="follow_up"),
    path("strategies/", strategies.strategies, name="strategies"),
    path("strategies/new/", strategies.strategy_new, name="strategy_new"),
    path(STRATEGY, strategies.strategy, name="strategy"),
    path(f"{STRATEGY}edit/", strategies.strategy_edit, name="strategy_edit"),
    path(f"{STRATEGY}members/", strategies.strategy_member, name="strategy_member"),
    path(f"{STRATEGY}activities/", strategies.strategy_activity, name="strategy_activity"),
    path(f"{STRATEGY}sign/", strategies.strategy_sign, name="strategy_sign"),
    path(f"{STRATEGY}move/", strategies.strategy_move, name="strategy_move"),
    path(f"{STRATEGY}pdf/", strategies.strategy_printed, name="strategy_pdf"),
]
