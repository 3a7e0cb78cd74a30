"""Keeping views of lists, alone or for the organisation."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from companies import events
from companies.choices import ListPlace
from companies.models import SavedView
from companies.policies import can_change_view, can_read_companies, require
from companies.services.checks import refuse_misfits
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.core.errors import BadInputError
from tibs.events.recording import record

MOST_VIEWS = 50


@transaction.atomic
def save_view(
    *, name: str, place: ListPlace, query: str, by: Actor, is_shared: bool = False, is_default: bool = False
) -> SavedView:
    """Keep the state of a list under a name that its owner has not used yet."""
    require(can_read_companies(by) and by.is_person)
    owner = User.objects.select_for_update().get(public_id=by.id)
    if owner.saved_views.count() >= MOST_VIEWS:
        raise BadInputError(
            _("You have %(number)s views already. Delete one that you do not need.") % {"number": MOST_VIEWS}
        )
    view = SavedView(owner=owner, name=name.strip(), place=place, query=query)
    return _keep(view, by=by, is_shared=is_shared, is_default=is_default)


@transaction.atomic
def change_view(*, view: SavedView, name: str, by: Actor, is_shared: bool, is_default: bool) -> SavedView:
    """Rename a view of one's own, share it or keep it private, or make it the one that opens first."""
    require(can_change_view(by, view))
    view.name = name.strip()
    return _keep(view, by=by, is_shared=is_shared, is_default=is_default)


@transaction.atomic
def delete_view(*, view: SavedView, by: Actor) -> None:
    """Forget a view of one's own; who shared it takes it away from everybody."""
    require(can_change_view(by, view))
    record(events.VIEW_DELETED, about=view, by=by)
    view.delete()


def _keep(view: SavedView, *, by: Actor, is_shared: bool, is_default: bool) -> SavedView:
    view.organisation_id = min(by.organisations) if is_shared and by.organisations else None
    if is_default:
        others = SavedView.objects.filter(owner=view.owner_id, place=view.place)
        others.exclude(pk=view.pk).update(is_default=False)
    view.is_default = is_default
    refuse_misfits(view, exclude=["owner", "organisation"])
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:  # the same name, a moment ago
        raise BadInputError(_("You have a view with this name already.")) from error
    record(events.VIEW_SAVED, about=view, by=by, facts={"shared": is_shared, "place": view.place})
    return view
