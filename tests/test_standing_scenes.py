"""Scenes that stand for several tests: every test finds them as they were made, and nothing else."""

import pytest

from companies.models import Company
from tests import factories
from tests.standing_scenes import beside_each_other, builders_of, standing

pytestmark = pytest.mark.django_db
built = []


@standing
def mill(aleksandra):
    built.append("mill")
    return factories.company("Tartak", host=factories.host("PL"), owner=aleksandra)


@standing
def lead(mill):
    return factories.company("Nowy Trop", host=mill.host)


@pytest.mark.parametrize("turn", range(3))
def test_what_a_test_changes_is_as_before_in_the_next_one(mill, turn):
    assert mill.name == Company.objects.get().name == "Tartak"

    mill.name = f"Renamed {turn}"
    mill.save()
    mill.owner.name = f"Renamed {turn}"
    mill.owner.save()


@pytest.mark.parametrize("turn", range(3))
def test_things_of_one_scene_know_each_other(aleksandra, mill, lead, turn):
    assert mill.owner is aleksandra
    assert lead.host is mill.host
    assert aleksandra.name == "Aleksandra Nowak"


def test_a_scene_that_is_not_asked_for_is_not_there():
    assert not Company.objects.exists()


def test_a_part_of_a_scene_stands_without_the_rest(mill):
    assert Company.objects.get() == mill


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_has_its_own_scene(request, lead, mill):
    assert set(Company.objects.all()) == {mill, lead}
    assert builders_of(request.node) == []


def test_tests_of_one_scene_follow_each_other_and_build_it_once(request):
    mine = [item for item in request.session.items if item.path == request.node.path]

    in_order = [[builder.name for builder in builders_of(item)] for item in beside_each_other(mine)]

    changes = [scene for before, scene in zip([None, *in_order], in_order, strict=False) if scene != before]
    assert len(changes) == len({tuple(scene) for scene in in_order})
    assert len(in_order) == len(mine)
    assert len(built) < len(mine)


@standing
def twice_over(below):
    return [below]


@standing
def below(mill):
    return mill.name


def test_a_fixture_may_stand_above_one_that_is_written_after_it(twice_over):
    assert twice_over == ["Tartak"]
