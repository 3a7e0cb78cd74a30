"""Profiles that can be matched, and the encoder that tests can afford."""

from contextlib import contextmanager

import pytest

from companies.choices import Area, ProfileType
from companies.models import CooperationProfile
from matching.engine.encoders import CharEncoder
from matching.services import board, parts, runs, vectors
from tests import factories
from tests.cooperating import pair
from tests.standing_scenes import for_a_module, standing

TRADES = [
    ("Oak boards and glued beams, dried and planed.", "A joinery that builds stairs from oak boards."),
    ("Oak stairs built to measure by a joinery.", "Oak boards and glued beams, dried and planed."),
    ("Software that plans routes of delivery vans.", "A haulier with delivery vans for a pilot."),
    ("A haulier with forty delivery vans.", "Software that plans routes of delivery vans."),
    ("Rye bread and crispbread baked on stone.", "Packaging that keeps crispbread dry."),
    ("Paper packaging with a barrier against damp.", "A bakery that tests packaging for crispbread."),
]
COUNTRIES = ["PL", "FI", "DE", "LV"]


@pytest.fixture(autouse=True)
def letters_only(monkeypatch, request):
    """Most tests use the stand-in encoder, which is fast and sees letters; `real_encoder` opts out."""
    if not request.node.get_closest_marker("real_encoder"):
        see_letters(monkeypatch)
    parts._arrays.cache_clear()
    board.forget()


def see_letters(patch):
    stand_in = CharEncoder()
    patch.setattr(vectors, "encoder", lambda: stand_in)
    patch.setattr(vectors, "default_version", lambda: stand_in.version)


@standing
def made():
    """A Polish and a Finnish firm that cooperate, with their people."""
    return pair()


@pytest.fixture
def market(db):
    """Six firms of different trades in each of four countries, published with consent."""
    return make_market()


@pytest.fixture(scope="module")
def standing_market(django_db_setup, django_db_blocker):
    """The keys of a market that stands for a whole module, in which no test commits: four seconds each time saved."""
    with standing_firms(django_db_blocker) as keys:
        yield keys


@contextmanager
def standing_firms(blocker, firms=6):
    """A market until the block ends; `as_it_stands` reads it anew for each test."""
    with for_a_module(blocker):
        yield [profile.pk for profile in make_market(firms)]


def as_it_stands(keys):
    return list(CooperationProfile.objects.filter(pk__in=keys).select_related("company").order_by("pk"))


def make_market(firms=6):
    profiles = []
    for country in COUNTRIES:
        host = factories.host(country)
        owner = factories.broker(f"Broker {country}", organisation=host).membership.user
        for number, (offered, sought) in enumerate(TRADES[:firms]):
            company = factories.company(f"Firm {country} {number}", host=host, owner=owner)
            profiles.append(
                factories.profile(
                    company,
                    offered=offered,
                    sought=sought,
                    type=ProfileType.BUSINESS_OFFER,
                    area=Area.OPERATIONS,
                )
            )
    return profiles


def finish(run):
    """Do every part in this process, as one worker would."""
    waiting = runs.advance(run.pk)
    while waiting:
        waiting += parts.work_on(waiting.pop(0))
    run.refresh_from_db()
    return run
