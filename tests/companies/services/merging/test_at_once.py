"""Several people at once: every race has one result, in real transactions of real threads."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import OperationalError, connection

from companies.choices import MergeStatus, Purpose
from companies.models import Company, Consent, Merge
from companies.services.consents import withdraw_consent
from companies.services.merging import merges
from companies.services.merging.merges import merge_companies
from companies.services.merging.undoing import undo_merge
from companies.services.next_steps import Step, set_next_step
from tests import factories
from tests.factories import BENCH
from tests.standing_scenes import standing
from tibs.core.errors import DomainError

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """The results of the acts, each in its own thread and connection, all begun together."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(timeout=10)
            return act()
        except DomainError as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@standing
def entries():
    host = factories.host("FI")
    owner = factories.broker("Johanna Virtanen", organisation=host).membership.user
    return [factories.company(name, host=host, owner=owner) for name in ("Kymen Saha", "Kymensaha")]


@pytest.mark.parametrize("attempt", range(5))
def test_two_who_merge_in_opposite_directions_make_one_merge(entries, attempt):
    one, other = entries

    results = at_once(
        lambda: merge_companies(kept=one, absorbed=other, by=BENCH).pk,
        lambda: merge_companies(kept=other, absorbed=one, by=BENCH).pk,
    )

    assert results.count("merged") == 1
    assert Company.objects.exclude(merged_into=None).count() == 1
    assert Merge.objects.count() == 1


def test_without_the_lock_they_would_wait_for_each_other_for_ever(entries, monkeypatch):
    """The control: what the test above would find if nobody waited for anybody."""
    one, other = entries
    both_have_read = Barrier(2)

    def unlocked(*companies):
        found = tuple(Company.objects.get(pk=company.pk) for company in companies)
        both_have_read.wait(timeout=10)
        return found

    monkeypatch.setattr(merges, "locked", unlocked)

    with pytest.raises(OperationalError, match="deadlock"):
        at_once(
            lambda: merge_companies(kept=one, absorbed=other, by=BENCH).pk,
            lambda: merge_companies(kept=other, absorbed=one, by=BENCH).pk,
        )


@pytest.mark.parametrize("attempt", range(5))
def test_many_who_press_the_same_button_make_one_merge(entries, attempt):
    one, other = entries

    results = at_once(*[lambda: merge_companies(kept=one, absorbed=other, by=BENCH).pk] * 6)

    assert len(set(results)) == 1
    assert Merge.objects.filter(status=MergeStatus.MADE).count() == 1


@pytest.mark.parametrize("attempt", range(5))
def test_work_on_the_absorbed_entry_goes_along_or_is_refused(entries, attempt):
    one, other = entries

    def plan():
        step = Step("Call", other.created_at.date())
        return set_next_step(company=other, step=step, by=BENCH).pk

    result, _merge = at_once(plan, lambda: merge_companies(kept=one, absorbed=other, by=BENCH).pk)

    assert other.next_steps.count() == 0
    assert one.next_steps.count() == (0 if result == "merged" else 1)


@pytest.mark.parametrize("attempt", range(5))
def test_a_withdrawal_during_the_merge_counts_for_the_merged_company(entries, attempt):
    one, other = entries
    for company in entries:
        factories.consent(company)

    def withdraw():
        return withdraw_consent(company=other, purpose=Purpose.PUBLISH_ANONYMOUS, language="en", by=BENCH).pk

    at_once(withdraw, lambda: merge_companies(kept=one, absorbed=other, by=BENCH).pk)

    assert not Consent.objects.in_force(Purpose.PUBLISH_ANONYMOUS).exists()


@pytest.mark.parametrize("attempt", range(5))
def test_a_merge_is_undone_once(entries, attempt):
    merge = merge_companies(kept=entries[0], absorbed=entries[1], by=BENCH)

    results = at_once(*[lambda: len(undo_merge(merge=merge, by=BENCH))] * 3)

    assert sorted(map(str, results)) == ["0", "undone", "undone"]
