"""Where nobody has a profile yet, a run finds nothing, and there is nothing to bring up to date."""

from matching.models import Match, Renewal, RunStatus
from matching.services import runs, updates
from tests import factories
from tests.matching.conftest import finish
from tests.matching.test_updates import newcomer


def test_a_run_without_profiles_ends_with_no_pairs(db):
    run = finish(runs.request_run(by=factories.BENCH))

    assert (run.status, run.pairs) == (RunStatus.DONE, 0)


def test_before_the_first_run_there_is_nothing_to_renew(db):
    profile = newcomer()

    updates.renew(profile.pk)

    assert not Match.objects.exists()
    assert not Renewal.objects.waiting().exists()
