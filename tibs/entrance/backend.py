"""Who a request comes from, loaded once with what every page shows of them."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, OuterRef

from tibs.accounts.models import User
from tibs.events.models import InboxItem

MOST_COUNTED = 100


class PeopleWithInbox(AuthenticationBackend):  # type: ignore[misc]
    """allauth's way to sign in. The number of unread notices, which stands in the head of every page, comes with the
    person in the same query; it is counted to a hundred, so that it costs little however many there are."""

    def get_user(self, user_id: Any) -> User | None:
        unread = InboxItem.objects.unread().filter(user=OuterRef("pk")).order_by().values("pk")[:MOST_COUNTED]
        counted = Func(ArraySubquery(unread), function="CARDINALITY", output_field=IntegerField())
        user = User.objects.annotate(unread_counted=counted).filter(pk=user_id, is_active=True).first()
        if user:
            user.unread = user.unread_counted
        return user
