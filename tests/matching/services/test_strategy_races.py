"""A joint strategy is agreed in the words that all of its firms signed, whoever changes it at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from matching.choices import StrategyStatus
from matching.models import JointStrategy
from matching.services import strategies, strategy_answers
from matching.services.strategies import add_activity, change_strategy, move_strategy
from matching.services.strategy_answers import leave_strategy
from matching.strategy_words import what_is_missing
from tests.cooperating import pair, strategy
from tibs.core.errors import WrongStateError

ROUNDS = 6
pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts):
    """Do all at the same moment, each over a connection of its own; which of them were done, which were refused."""
    gate = Barrier(len(acts))

    def run(act):
        try:
            gate.wait(timeout=20)
            act()
        except WrongStateError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def is_whole(signed):
    """Either it is agreed, and nothing is missing that an agreement needs, or it is still a draft."""
    found = JointStrategy.objects.get(pk=signed.pk)
    return found.status == StrategyStatus.DRAFT or what_is_missing(found) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda made, one: change_strategy(strategy=one, values={"goal": "Less."}, by=made.ana),
        lambda made, one: add_activity(strategy=one, what="Visit a fair", by=made.ana),
        lambda made, one: leave_strategy(strategy=one, company=made.finnish, by=made.aino),
    ],
    ids=["the lead changes a word", "the lead adds an activity", "a firm leaves"],
)
def test_of_an_agreement_and_a_change_at_the_same_moment_one_is_done(change):
    made = pair()

    for number in range(ROUNDS):
        signed = strategy(made, signed=True)
        acts = [
            lambda one=signed: move_strategy(strategy=one, by=made.ana),
            lambda one=signed: change(made, one),
        ]
        done = together(*acts[:: 1 if number % 2 else -1])

        assert sum(done) == 1
        assert is_whole(signed)


def test_control_without_the_lock_a_firm_has_left_what_is_agreed(monkeypatch):
    """Both read the draft before one of them writes: the oracle notices."""
    made = pair()
    signed = strategy(made, signed=True)
    both_have_read = Barrier(2)

    def unlocked(one):
        rows = JointStrategy.objects.select_related("lead", "domain")
        found = rows.prefetch_related("members__company__country", "activities").get(pk=one.pk)
        both_have_read.wait(timeout=20)
        return found

    for module in (strategies, strategy_answers):
        monkeypatch.setattr(module, "held", unlocked)

    done = together(
        lambda: move_strategy(strategy=signed, by=made.ana),
        lambda: leave_strategy(strategy=signed, company=made.finnish, by=made.aino),
    )

    assert sum(done) == 2
