"""The one page of upward effects holds, and every event, rule and task can be found by it."""

import ast
import inspect
from importlib import import_module

import pytest
from celery import current_app
from celery.app.task import Task as AnyTask
from celery.schedules import crontab
from django.apps import apps
from django.utils import translation
from django.utils.functional import Promise

from tibs import wiring
from tibs.celery import QUEUES, VISIBILITY_SECONDS
from tibs.core.tasks import Task
from tibs.events.vocabulary import Audience, Event

OURS = ("tibs.", "matching.", "companies.", "brokers.", "regions.")


def modules_of_events():
    """The `events.py` of each app that has one."""
    names = [
        f"{config.name}.events" for config in apps.get_app_configs() if f"{config.name}.".startswith(OURS)
    ]
    for name in names:
        try:
            yield import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise


EVENTS = [
    value for module in modules_of_events() for value in vars(module).values() if isinstance(value, Event)
]
TASKS = [task for name, task in sorted(current_app.tasks.items()) if name.startswith(OURS)]
WIRED = {**wiring.RULES, **wiring.NUDGES}


def test_events_are_found():
    assert EVENTS
    assert len({event.code for event in EVENTS}) == len(set(EVENTS))


@pytest.mark.parametrize("module", tuple(modules_of_events()), ids=lambda module: module.__name__)
def test_no_event_takes_the_name_of_another(module):
    """The later of two would be recorded for both, and the rules of the one would be called for the other."""
    statements = ast.parse(inspect.getsource(module)).body
    names = [
        target.id
        for one in statements
        if isinstance(one, ast.Assign)
        for target in one.targets
        if isinstance(target, ast.Name)
    ]

    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("event", set(EVENTS), ids=lambda event: event.code)
def test_event_can_be_shown_in_every_language(event):
    assert isinstance(event.sentence, Promise)
    assert isinstance(event.audience, Audience)
    with translation.override("pl"):
        assert str(event.sentence).strip().endswith(".")


@pytest.mark.parametrize("event", set(EVENTS), ids=lambda event: event.code)
def test_event_is_named_by_app_thing_and_deed(event):
    assert event.code.count(".") >= 2
    assert len(event.code) <= 100
    assert event.code == event.code.lower()


@pytest.mark.parametrize("event", WIRED, ids=lambda event: event.code)
def test_wired_event_is_one_that_an_app_names(event):
    assert event in EVENTS


def test_no_event_is_named_twice_in_one_table():
    """The second line would silently take the place of the first."""
    tables = [node for node in ast.walk(ast.parse(inspect.getsource(wiring))) if isinstance(node, ast.Dict)]

    for table in tables:
        names = [ast.unparse(key) for key in table.keys if key]
        assert len(names) == len(set(names)), sorted(names)


def test_rules_take_the_subject_and_who_did_it():
    for rule in [rule for rules in wiring.RULES.values() for rule in rules]:
        inspect.signature(rule).bind(object(), object())


@pytest.mark.parametrize("task", [task for tasks in wiring.NUDGES.values() for task in tasks])
def test_nudge_takes_the_primary_key_of_the_subject(task):
    inspect.signature(task.run).bind(pk=1)


@pytest.mark.parametrize(("task", "when"), wiring.PERIODIC)
def test_periodic_task_needs_nothing_and_has_a_time(task, when):
    inspect.signature(task.run).bind()
    assert isinstance(when, crontab) or when >= 1


def test_every_wired_task_is_registered_under_its_name():
    wired = [task for tasks in wiring.NUDGES.values() for task in tasks] + [
        task for task, _ in wiring.PERIODIC
    ]

    assert all(isinstance(current_app.tasks[task.name], AnyTask) for task in wired)


def test_beat_runs_exactly_what_is_periodic():
    scheduled = {entry["task"] for entry in current_app.conf.beat_schedule.values()}

    assert {task.name for task, _ in wiring.PERIODIC} == {name for name in scheduled if name.startswith(OURS)}


def test_tasks_are_found():
    assert len(TASKS) >= 3


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_task_survives_a_release_and_knows_its_limits(task):
    parameters = inspect.signature(task.run).parameters.values()

    assert isinstance(task, Task)
    assert task.lane in QUEUES
    assert 0 < task.time_limit < VISIBILITY_SECONDS
    assert all(one.kind in {one.KEYWORD_ONLY, one.VAR_KEYWORD} for one in parameters)
    assert any(one.kind is one.VAR_KEYWORD for one in parameters)


def test_nothing_is_lost_with_a_worker():
    conf = current_app.conf

    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.worker_prefetch_multiplier == 1
    assert (
        conf.visibility_timeout == conf.broker_transport_options["visibility_timeout"] == VISIBILITY_SECONDS
    )
    assert conf.broker_transport_options["unacked_restore_throttle"] == 1
    assert conf.accept_content == ["json"]


def test_worker_takes_from_every_queue():
    assert set(current_app.amqp.queues) == set(QUEUES)


def test_no_module_gives_one_name_to_two_events():
    """The first event could not be reached any more, and what is wired to it would hear of the second."""
    for app in ("companies", "brokers", "matching"):
        tree = ast.parse(inspect.getsource(import_module(f"{app}.events")))
        names = [ast.unparse(node.targets[0]) for node in tree.body if isinstance(node, ast.Assign)]
        assert len(names) == len(set(names)), sorted(names)
