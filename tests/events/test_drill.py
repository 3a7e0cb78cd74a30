"""Processes are really killed and a mail server really counts: the short form of `python -m benchmarks.mail_drill`."""

import pytest

from benchmarks.mail_drill import scenarios
from benchmarks.mail_drill.post_office import post_office
from tests.conftest import LOOPBACK
from tibs.figures import LETTERS_SENT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.allow_hosts(LOOPBACK)]


@pytest.fixture
def office(tmp_path):
    with post_office(tmp_path) as opened:
        yield opened


def test_no_letter_is_lost_when_the_process_dies_after_the_commit(office):
    found = scenarios.killed_after_commit(office, 3)

    assert (found.missing, found.extra) == (0, 0)


def test_without_the_sweep_these_letters_would_be_lost(office):
    found = scenarios.killed_after_commit(office, 3, with_sweep=False)

    assert found.missing == 3


def test_crash_at_the_worst_moment_costs_one_copy_at_most(office):
    found = scenarios.killed_after_hand_over(office, 3)

    assert found.missing == 0
    assert found.extra <= 3


def test_crash_at_any_moment_costs_one_copy_at_most(office):
    found = scenarios.killed_at_any_moment(office, 30, 4)

    assert found.missing == 0
    assert found.extra <= found.kills


def test_two_processes_send_each_letter_once(office):
    found = scenarios.sent_by_two(office, 6, with_claim=True)

    assert (found.missing, found.extra) == (0, 0)


def test_without_the_claim_they_would_send_letters_twice(office):
    found = scenarios.sent_by_two(office, 6, with_claim=False)

    assert found.extra > 0


def test_server_that_was_away_gets_everything_in_order(office):
    found = scenarios.server_away(office, 4, 3, tries=2)

    assert (found.missing, found.out_of_order) == (0, 0)
    assert found.most_in_window <= LETTERS_SENT


def test_addresses_that_do_not_exist_are_flagged_and_asked_once(office):
    found = scenarios.addresses_gone(office, 8, 2)

    assert (found.arrived, found.parked, found.flagged, found.asked) == (6, 2, 2, 2)
