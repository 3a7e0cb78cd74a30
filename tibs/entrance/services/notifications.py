"""How somebody wants to hear of notices by mail."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tibs.accounts.actor import Actor, actor_of
from tibs.accounts.models import User
from tibs.core.errors import BadInputError, NotAllowedError
from tibs.entrance.events import LETTERS_CHOSEN
from tibs.events.models import MailWhen, NoticeKind, Preference
from tibs.events.preferences import choices_of
from tibs.events.recording import record
from tibs.events.unsubscribing import DIGEST, Wish

# What stays of a choice when its digest is ended.
WITHOUT_DIGEST = {
    MailWhen.AT_ONCE: MailWhen.WAITS,
    MailWhen.DAILY: MailWhen.NEVER,
    MailWhen.WEEKLY: MailWhen.NEVER,
}


@transaction.atomic
def choose_letters(*, user: User, choices: Mapping[str, str], by: Actor) -> list[str]:
    """Remember when letters of each kind come; the kinds that changed. Each person chooses for themselves."""
    if by.id != user.public_id:
        raise NotAllowedError(_("Each person chooses their own letters."))
    if not set(choices) <= set(NoticeKind.values) or not set(choices.values()) <= set(MailWhen.values):
        raise BadInputError(_("Choose one of the answers."))
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    present = choices_of([user.pk])[user.pk]
    changed = [kind for kind, mail in choices.items() if present[NoticeKind(kind)].mail != mail]
    for kind in changed:
        Preference.objects.update_or_create(user=user, kind=kind, defaults={"mail": choices[kind]})
    if changed:
        record(LETTERS_CHOSEN, about=user, by=by, fields=changed)
    return changed


def unsubscribe(*, wish: Wish) -> list[str]:
    """End the letters that the link of a letter stands for; the kinds that changed, none the second time."""
    if wish.kind != DIGEST:
        choices = {wish.kind: str(MailWhen.NEVER)}
    else:
        present = choices_of([wish.user.pk])[wish.user.pk]
        choices = {
            str(kind): str(WITHOUT_DIGEST.get(choice.mail, choice.mail)) for kind, choice in present.items()
        }
    return choose_letters(user=wish.user, choices=choices, by=actor_of(wish.user))
