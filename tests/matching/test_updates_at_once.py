"""Updates and runs at the same time leave what one full pass finds."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from companies.models import ProfileText
from matching import tasks
from matching.models import Renewal
from matching.services import lists, renewals, runs, updates
from tests import factories
from tests.matching.conftest import finish, make_market
from tests.matching.test_updates import BREAD, assert_same, full_pass, standing


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_guarded", [True, False], ids=["guarded", "control"])
def test_an_update_that_read_before_a_run_ended_does_not_write_over_it(is_guarded, monkeypatch):
    profiles = make_market(firms=2)
    finish(runs.request_run(by=factories.BENCH))
    Renewal.objects.all().delete()
    Renewal.objects.ask([profiles[0].pk], timezone.now())
    has_read, may_write, write = threading.Event(), threading.Event(), updates._write

    def held(given, asked):
        has_read.set()
        may_write.wait(30)
        return write(given, asked)

    monkeypatch.setattr(updates, "_write", held)
    if not is_guarded:
        monkeypatch.setattr(updates, "_still_holds", lambda _found: True)

    def work():
        updates.renew(profiles[0].pk)
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    has_read.wait(30)
    ProfileText.objects.filter(profile=profiles[0]).update(offered=BREAD)
    tasks.parts._arrays.cache_clear()
    newest = finish(runs.request_run(by=factories.BENCH))
    may_write.set()
    thread.join()

    of_newest = {pair.run_id == newest.pk for pair in lists.pairs_of([profiles[0].pk])}
    assert (of_newest == {True}) is is_guarded


@pytest.mark.django_db(transaction=True)
def test_many_updates_and_a_run_at_once_leave_what_one_full_pass_finds():
    profiles = make_market(firms=2)
    finish(runs.request_run(by=factories.BENCH))
    for number, profile in enumerate(profiles):
        ProfileText.objects.filter(profile=profile).update(offered=f"{BREAD} Number {number}.")
    run = runs.request_run(by=factories.BENCH)
    Renewal.objects.ask([profile.pk for profile in profiles], timezone.now())

    def renew_some(some):
        for profile in some:
            updates.renew(profile.pk)
        connection.close()

    def run_it():
        finish(run)
        connection.close()

    threads = [threading.Thread(target=renew_some, args=[profiles[start::3]]) for start in range(3)]
    threads.append(threading.Thread(target=run_it))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for key in renewals.waiting():
        updates.renew(key)

    assert_same(standing(), full_pass())
