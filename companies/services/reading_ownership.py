"""What becomes of the profiles that somebody was to read and who leaves."""

from django.db.models import Exists, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brokers.models import HostOrganisation, Membership
from brokers.ownership import Owned
from companies.models import ProfileReview
from companies.services.profile_moves import locked
from companies.services.readers import Chosen, NobodyReadsError
from companies.services.reviews import give_to_another, hand_to
from tibs.accounts.actor import Actor
from tibs.accounts.models import User


def _open_readings(user: User, organisation: HostOrganisation) -> QuerySet[ProfileReview]:
    """What they were asked to read, unless they work for another organisation as well and can go on."""
    elsewhere = Membership.objects.in_force().filter(user=user, broker__isnull=False)
    goes_on = Exists(elsewhere.exclude(organisation=organisation))
    return ProfileReview.objects.open().filter(~goes_on, reader=user, profile__company__erased_at=None)


def _give_to_others(ended: Membership, by: Actor) -> None:
    """The ranking asks somebody else; where nobody is left, the successor reads, who works in the same country.

    Either has the whole time of a second reader from now.
    """
    now = timezone.now()
    for review in _open_readings(ended.user, ended.organisation).select_related("profile").order_by("pk"):
        review.profile = locked(review.profile)
        try:
            give_to_another(review, by, now)
        except NobodyReadsError:
            if ended.successor:
                hand_to(review, Chosen(ended.successor, ended.organisation.country, []), by, now)


OWNED = [Owned(_("Profiles to read as second reader"), _open_readings, _give_to_others)]
