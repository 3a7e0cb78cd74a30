"""Addresses of companies."""

from django.urls import path

from companies.views import (
    acts,
    bulk,
    consents,
    contact_export,
    contacts,
    editing,
    jump,
    lists,
    merge,
    notes,
    pipeline,
    profiles,
    saved_views,
    screening,
    sme,
    talk,
)
from companies.views.assessments import members, visitors

ASSESSMENT = "assessments/<assessment:public_id>/"
PROFILE = "profiles/<profile:public_id>/"
COMPANY, MINE = "companies/<company:public_id>/", "mine/<company:public_id>/"

urlpatterns = [
    path("companies/", lists.companies, name="companies"),
    path("companies/export/", lists.export, name="companies_export"),
    path("companies/contacts/export/", contact_export.contact_export, name="contact_export"),
    path("companies/jump/", jump.jump, name="companies_jump"),
    path("companies/change/", bulk.change, name="companies_change"),
    path("companies/changes/<change:public_id>/undo/", bulk.take_back, name="companies_undo"),
    path("pipeline/", pipeline.pipeline, name="pipeline"),
    path("views/", saved_views.saved_views, name="saved_views"),
    path("views/<view:public_id>/", saved_views.saved_view, name="saved_view"),
    path(f"{COMPANY}claim/", acts.claim, name="company_claim"),
    path(f"{COMPANY}stage/", acts.move, name="company_move"),
    path(f"{COMPANY}remind/", acts.remind, name="company_remind"),
    path(f"{COMPANY}screening/", screening.screening, name="company_screening"),
    path(f"{COMPANY}log/", notes.log, name="company_log"),
    path(f"{COMPANY}log/<int:pk>/", notes.log_entry, name="company_log_entry"),
    path(f"{COMPANY}next-step/", notes.next_step, name="company_next_step"),
    path(f"{COMPANY}next-step/<int:pk>/done/", notes.next_step_done, name="company_next_step_done"),
    path(f"{COMPANY}hand-over/", notes.hand_over, name="company_hand_over"),
    path(f"{COMPANY}edit/", editing.company, name="company_edit"),
    path(f"{COMPANY}contacts/new/", editing.new_contact, name="contact_new"),
    path(f"{COMPANY}contacts/<int:contact>/edit/", editing.correct_contact, name="contact_edit"),
    path(f"{COMPANY}contacts/<int:contact>/reveal/", contacts.contact_reveal, name="contact_reveal"),
    path(f"{COMPANY}consents/", consents.company_consents, name="company_consents"),
    path(f"{COMPANY}messages/", talk.company_messages, name="company_messages"),
    path(f"{COMPANY}duplicates/", merge.duplicates, name="company_duplicates"),
    path(f"{COMPANY}merge/<company:other>/", merge.merge_preview, name="company_merge"),
    path(f"{COMPANY}merges/<merge:merge_id>/", merge.merge_undo, name="company_merge_undo"),
    path(f"{COMPANY}erasure/", sme.company_erasure, name="company_erasure"),
    path("mine/", sme.my_companies, name="my_companies"),
    path(MINE, sme.own_home, name="own_company"),
    path(f"{MINE}data/", sme.own_data, name="own_data"),
    path(f"{MINE}consents/", consents.own_consents, name="own_consents"),
    path(f"{MINE}seen/", sme.own_seen, name="own_seen"),
    path(f"{MINE}messages/", talk.own_messages, name="own_messages"),
    path(f"{MINE}export/", sme.own_export, name="own_export"),
    path(f"{MINE}erasure/", sme.own_erasure, name="own_erasure"),
    path(f"{COMPANY}assessments/", members.company_assessments, name="company_assessments"),
    path(f"{ASSESSMENT}questions/<slug:part>/", members.assessment_part, name="assessment_part"),
    path(f"{ASSESSMENT}answer/", members.assessment_answer, name="assessment_answer"),
    path(f"{ASSESSMENT}result/", members.assessment_result, name="assessment_result"),
    path(f"{ASSESSMENT}pdf/", members.assessment_pdf, name="assessment_pdf"),
    path(f"{ASSESSMENT}complete/", members.assessment_complete, name="assessment_complete"),
    path(f"{ASSESSMENT}repeat/", members.assessment_repeat, name="assessment_repeat"),
    path(f"{ASSESSMENT}plan/", members.assessment_plan, name="assessment_plan"),
    path(f"{PROFILE}preview/", profiles.profile_preview, name="profile_preview"),
    path("self-assessment/", visitors.self_assessment, name="self_assessment"),
    path("self-assessment/resume/<token>/", visitors.self_assessment_resume, name="self_assessment_resume"),
    path(
        "self-assessment/questions/<slug:part>/", visitors.self_assessment_part, name="self_assessment_part"
    ),
    path("self-assessment/answer/", visitors.self_assessment_answer, name="self_assessment_answer"),
    path("self-assessment/result/", visitors.self_assessment_result, name="self_assessment_result"),
    path("self-assessment/pdf/", visitors.self_assessment_pdf, name="self_assessment_pdf"),
]
