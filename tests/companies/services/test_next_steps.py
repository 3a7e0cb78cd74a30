"""The one next step of a company."""

from datetime import date

import pytest

from companies.choices import WaitsFor
from companies.models import Company, NextStep
from companies.selectors import without_next_step
from companies.services.next_steps import Step, finish_next_step, set_next_step
from companies.services.stages import move_stage
from tests import factories
from tests.standing_scenes import standing
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord

CALL = Step("Call Eva", date(2026, 10, 1))
VISIT = Step("Visit the factory", date(2026, 11, 1), WaitsFor.COMPANY)


@standing
def ana(aleksandra):
    return factories.actor(aleksandra)


def test_a_company_has_exactly_one_open_step(ana, polish_company):
    set_next_step(company=polish_company, step=CALL, by=ana)

    changed = set_next_step(company=polish_company, step=VISIT, by=ana)

    assert NextStep.objects.filter(done_at=None).get() == changed
    assert (changed.what, changed.due_date, changed.waits_for) == (
        "Visit the factory",
        date(2026, 11, 1),
        "company",
    )


def test_the_same_step_again_is_no_change(ana, polish_company):
    for _ in range(2):
        set_next_step(company=polish_company, step=CALL, by=ana)

    assert AuditRecord.objects.filter(event="companies.next_step.set").count() == 1


def test_done_and_next_go_together(ana, polish_company):
    step = set_next_step(company=polish_company, step=CALL, by=ana)

    following = finish_next_step(step=step, by=ana, then=VISIT)

    step.refresh_from_db()
    assert step.done_at
    assert NextStep.objects.filter(done_at=None).get() == following


def test_a_step_is_not_done_twice(ana, polish_company):
    step = set_next_step(company=polish_company, step=CALL, by=ana)
    finish_next_step(step=step, by=ana, then=VISIT)

    with pytest.raises(WrongStateError):
        finish_next_step(step=step, by=ana, then=CALL)

    assert NextStep.objects.get(done_at=None).what == "Visit the factory"


def test_when_the_following_step_does_not_fit_the_first_stays_open(ana, polish_company):
    step = set_next_step(company=polish_company, step=CALL, by=ana)

    with pytest.raises(BadInputError):
        finish_next_step(step=step, by=ana, then=Step(" ", date(2026, 10, 1)))

    step.refresh_from_db()
    assert step.done_at is None


@pytest.mark.parametrize(
    "step",
    [Step("", date(2026, 10, 1)), Step("x" * 201, date(2026, 10, 1)), Step("Call", date(9999, 1, 1))],
)
def test_what_does_not_fit_is_named(ana, polish_company, step):
    with pytest.raises(BadInputError) as refused:
        set_next_step(company=polish_company, step=step, by=ana)

    assert set(refused.value.fields) & {"what", "due_date"}


def test_a_company_at_rest_gets_no_step(ana, polish_company):
    move_stage(company=polish_company, to="withdrawn", by=ana, reason="Closed down.")

    with pytest.raises(WrongStateError):
        set_next_step(company=polish_company, step=CALL, by=ana)


def test_strangers_set_nothing(johanna, polish_company):
    with pytest.raises(NotAllowedError):
        set_next_step(company=polish_company, step=CALL, by=factories.actor(johanna))


def test_companies_in_work_without_a_step_are_found(ana, aleksandra, polish_company):
    host = polish_company.host
    planned = factories.company("Planned", host=host, owner=aleksandra)
    set_next_step(company=planned, step=CALL, by=ana)
    taken = factories.company("Taken lead", host=host, owner=aleksandra, stage="lead")
    factories.company("Lead of nobody", host=host)
    factories.company("Gone", host=host, owner=aleksandra, stage="withdrawn")

    found = without_next_step(Company.objects.all())

    assert set(found) == {polish_company, taken}
