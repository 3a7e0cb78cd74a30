"""Moving companies through their life cycle."""

from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companies import events
from companies.choices import CompanyKind, Decision, Stage
from companies.models import Company, NextStep, Screening
from companies.services.ownership import claim_company
from companies.services.screenings import decide_screening
from companies.services.stages import MoveRefusedError, move_stage
from companies.stages import MOVES, Guard
from tests import factories
from tests.standing_scenes import standing
from tibs.core.errors import BadInputError, DomainError, NotAllowedError, WrongStateError
from tibs.events.models import AuditDetail, AuditRecord

ELIGIBLE, REFUSED = [2] * 7, [2, 0, 2, 2, 2, 2, 2]
REASON = "They asked us to."
DEEDS = st.one_of(
    st.tuples(st.just("move"), st.sampled_from(Stage), st.sampled_from(["", REASON])),
    st.tuples(st.just("claim")),
    st.tuples(st.just("screen"), st.sampled_from([ELIGIBLE, REFUSED])),
    st.tuples(st.just("turn into"), st.sampled_from([CompanyKind.SME, CompanyKind.CLUSTER])),
)


@standing
def ana(aleksandra):
    return factories.actor(aleksandra)


@standing
def lead(aleksandra):
    return factories.company("Nowa Firma", host=factories.host("PL"))


def screened(company, decision, by=None):
    Screening.objects.create(
        company=company,
        scores=[2] * 7,
        decision=decision,
        reason="" if decision == "eligible" else "not_ready",
    )


def put(company, stage, owner):
    Company.objects.filter(pk=company.pk).update(stage=stage, owner=owner)
    company.refresh_from_db()
    return company


def do(deed, company, by):
    what, *rest = deed
    try:
        if what == "move":
            move_stage(company=company, to=rest[0], by=by, reason=rest[1])
        elif what == "claim":
            claim_company(company=company, by=by)
        elif what == "screen":
            decide_screening(company=company, scores=rest[0], by=by)
        elif company.stage not in {Stage.ENROLLED, Stage.ACTIVE}:
            Company.objects.filter(pk=company.pk).update(kind=rest[0])
    except DomainError:
        pass
    company.refresh_from_db()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(DEEDS, min_size=5, max_size=25))
def test_whatever_is_tried_in_whatever_order_the_rules_of_the_life_cycle_hold(lead, ana, deeds):
    with transaction.atomic():
        lead.refresh_from_db()
        for deed in deeds:
            before = lead.stage
            do(deed, lead, ana)

            latest = lead.screenings.order_by("-id").first()
            assert lead.stage == Stage.LEAD or lead.owner_id
            if lead.stage in {Stage.ENROLLED, Stage.ACTIVE}:
                assert lead.kind == CompanyKind.SME
                assert latest.decision == Decision.ELIGIBLE
            if lead.stage == Stage.NOT_ELIGIBLE:
                assert latest.decision == Decision.NOT_ELIGIBLE
                assert latest.reason
            if deed[0] == "move" and lead.stage != before:
                assert (before, lead.stage) in MOVES
        moves = AuditRecord.objects.filter(event=events.STAGE_CHANGED.code).order_by("id")
        steps = [(move.facts["from"], move.facts["to"]) for move in moves]
        assert all(first[1] == second[0] for first, second in pairwise(steps))
        transaction.set_rollback(True)


def test_a_move_is_stamped_and_recorded_with_its_reason(ana, polish_company):
    before = polish_company.stage_changed_at

    moved = move_stage(company=polish_company, to="dormant", by=ana, reason=" The owner is ill. ")

    assert moved.stage == Stage.DORMANT
    assert moved.stage_changed_at > before
    record = AuditRecord.objects.get(event=events.STAGE_CHANGED.code)
    assert record.facts == {"from": "active", "to": "dormant"}
    assert AuditDetail.objects.get(record=record).values == {"reason": "The owner is ill."}


@pytest.mark.parametrize(
    ("start", "to", "guard"),
    [
        ("screening", "enrolled", Guard.ELIGIBLE),
        ("screening", "not_eligible", Guard.REFUSED),
        ("active", "withdrawn", Guard.REASON),
        ("dormant", "active", Guard.ELIGIBLE),
    ],
)
def test_what_is_missing_is_named(ana, aleksandra, lead, start, to, guard):
    put(lead, start, aleksandra)

    with pytest.raises(MoveRefusedError) as refused:
        move_stage(company=lead, to=to, by=ana)

    assert refused.value.guard == guard
    lead.refresh_from_db()
    assert lead.stage == start


def test_a_lead_that_nobody_has_taken_stays_a_lead(ana, lead):
    with pytest.raises(MoveRefusedError) as refused:
        move_stage(company=lead, to="screening", by=ana)

    assert refused.value.guard == Guard.OWNER


def test_only_the_latest_screening_counts(ana, aleksandra, lead):
    put(lead, "screening", aleksandra)
    screened(lead, "eligible")
    screened(lead, "not_eligible")

    with pytest.raises(MoveRefusedError):
        move_stage(company=lead, to="enrolled", by=ana)


def test_moving_to_where_the_company_is_changes_nothing(ana, polish_company):
    moved = move_stage(company=polish_company, to="active", by=ana)

    assert moved.stage_changed_at == polish_company.stage_changed_at
    assert not AuditRecord.objects.filter(event=events.STAGE_CHANGED.code).exists()


def test_what_rests_has_no_open_step(ana, polish_company):
    step = NextStep.objects.create(company=polish_company, what="Call", due_date="2026-01-15")

    move_stage(company=polish_company, to="withdrawn", by=ana, reason=REASON)

    step.refresh_from_db()
    assert step.done_at


@pytest.mark.parametrize("stage", ["", "gone", "ACTIVE", "💥", "x" * 1_000_000])
def test_a_stage_that_does_not_exist_is_refused(ana, polish_company, stage):
    with pytest.raises(BadInputError):
        move_stage(company=polish_company, to=stage, by=ana)


def test_a_reason_is_short(ana, polish_company):
    with pytest.raises(BadInputError):
        move_stage(company=polish_company, to="dormant", by=ana, reason="x" * 501)


def test_strangers_and_staff_move_nothing(johanna, signe, polish_company):
    for person in (johanna, signe):
        with pytest.raises(NotAllowedError):
            move_stage(company=polish_company, to="dormant", by=factories.actor(person), reason=REASON)


def test_a_merged_company_stays_as_it_is(ana, aleksandra, polish_company):
    kept = factories.company("Kept", host=polish_company.host, owner=aleksandra)
    Company.objects.filter(pk=polish_company.pk).update(merged_into=kept)

    with pytest.raises(WrongStateError) as refused:
        move_stage(company=polish_company, to="dormant", by=ana, reason=REASON)

    assert refused.value.code == "merged"
