"""Keeping views of lists."""

import pytest

from companies.choices import ListPlace
from companies.models import SavedView
from companies.services import saved_views
from companies.services.saved_views import change_view, delete_view, save_view
from tests import factories
from tests.standing_scenes import standing
from tibs.core.errors import BadInputError, NotAllowedError


@standing
def ana(aleksandra):
    return factories.actor(aleksandra)


def save(by, name="Late ones", **values):
    return save_view(**{"name": name, "place": ListPlace.COMPANIES, "query": "step=overdue", **values}, by=by)


def test_a_view_is_private_unless_it_is_shared(ana):
    colleague = factories.actor(factories.person("Jan Kos", organisation=factories.host("PL")))
    save(ana)
    shared = save(ana, "For all of us", is_shared=True)

    assert list(SavedView.objects.visible_to(colleague)) == [shared]
    assert SavedView.objects.visible_to(ana).count() == 2


def test_other_organisations_do_not_find_a_shared_view(ana, johanna):
    save(ana, is_shared=True)

    assert not SavedView.objects.visible_to(factories.actor(johanna)).exists()


def test_colleagues_use_a_shared_view_and_do_not_change_it(ana):
    colleague = factories.actor(factories.person("Jan Kos", organisation=factories.host("PL")))
    view = save(ana, is_shared=True)

    with pytest.raises(NotAllowedError):
        change_view(view=view, name="Mine", is_shared=False, is_default=False, by=colleague)
    with pytest.raises(NotAllowedError):
        delete_view(view=view, by=colleague)


def test_one_view_of_a_page_opens_first(ana):
    first = save(ana, is_default=True)

    second = save(ana, "Others", is_default=True)

    assert list(SavedView.objects.filter(is_default=True)) == [second]
    change_view(view=first, name="Late ones", is_shared=False, is_default=True, by=ana)
    assert list(SavedView.objects.filter(is_default=True)) == [first]


def test_a_name_is_used_once_by_the_same_person(ana, johanna):
    save(ana)
    save(factories.actor(johanna))

    with pytest.raises(BadInputError):
        save(ana)


def test_nobody_keeps_views_without_end(ana, monkeypatch):
    monkeypatch.setattr(saved_views, "MOST_VIEWS", 1)
    save(ana)

    with pytest.raises(BadInputError):
        save(ana, "One more")


def test_a_deleted_view_is_gone(ana):
    delete_view(view=save(ana), by=ana)

    assert not SavedView.objects.exists()
