"""Writing letters with a change, and sending them after it: none is lost, one is sent twice at most for each crash."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from email.utils import parseaddr

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from tibs.accounts.models import User
from tibs.core.limits import CounterAwayError, Limit, LimitReachedError, take
from tibs.core.links import absolute
from tibs.core.secrets import digest_of
from tibs.events import dispatch
from tibs.events.mail_errors import Fault, fault_of
from tibs.events.models import Letter
from tibs.events.models.letter import PATIENCE
from tibs.events.services.composing import Composed, composed
from tibs.figures import LETTER_TRIED_FOR, LETTERS_SENT, LETTERS_WINDOW, LONGEST_RETRY

logger = structlog.get_logger(__name__)
BATCH = 500
# Somebody waits at the screen for these: they wait for no other letter.
URGENT = "account_"
PACE = Limit("letters", LETTERS_SENT, int(LETTERS_WINDOW.total_seconds()))


class NotWantedError(LookupError):
    """There is nothing to say in this letter any more."""


def write_letter(
    *,
    template: str,
    to: str,
    language: str,
    context: Mapping[str, str | int],
    company_id: str = "",
    key: str = "",
    unsubscribe: str = "",
) -> Letter:
    """Owe a letter, in the transaction of what it tells.

    Its words are `mail/<template>_subject.txt` and `_message.txt`, which `context` fills. A second letter with the
    same `key` is not written: the first one is returned. `unsubscribe` is the path of a page on which a POST without
    signing in ends such letters (RFC 8058); the words know it as `unsubscribe`, the mail program by two headers.
    """
    letter, is_new = Letter.objects.get_or_create(
        key=key or f"{template}:{secrets.token_hex(16)}",
        defaults={
            "template": template,
            "to_address": to,
            "language": language,
            "context": dict(context),
            "company_id": company_id,
            "unsubscribe": absolute(unsubscribe) if unsubscribe else "",
        },
    )
    if is_new:
        transaction.on_commit(lambda: dispatch.send_soon([letter]), robust=True)
    return letter


def rendered(letter: Letter) -> tuple[str, str]:
    """Subject and words of a letter as it would go out now; NotWantedError when it would not."""
    found = composed(letter)
    if found is None:
        raise NotWantedError(letter.template)
    return _words(letter, found)


def send(letter_id: int) -> bool:
    """Send one letter if nobody else does and its turn has come; True when it was sent now.

    A failure of the letter itself has used one of three attempts. While the mail server is away it is tried again,
    ever less often, for three days; one whose address is refused for good is parked at once.
    """
    letter = Letter.objects.filter(pk=letter_id).first()
    if letter is None or not _may_go(letter):
        return False
    token = Letter.objects.claim(letter_id, timezone.now())
    if not token:
        return False
    try:
        found = composed(letter)
        if found is None:
            _cancel(letter, token)
            return False
        subject = _hand_over(letter, found)
    except Exception as error:  # whatever fails is counted, kept and shown
        _note_failure(letter, token, error)
        return False
    User.objects.filter(email=found.to).exclude(mail_refused_at=None).update(mail_refused_at=None)
    return _finish(letter, token, subject=subject[:200])


def sweep() -> int:
    """Ask again for letters that a lost message or a killed process left behind; the count of them."""
    now = timezone.now()
    forgotten = list(Letter.objects.forgotten(now).order_by("pk")[:BATCH])
    Letter.objects.filter(pk__in=[letter.pk for letter in forgotten]).update(nudged_at=now)
    dispatch.send_soon(forgotten)
    return len(forgotten)


def _may_go(letter: Letter) -> bool:
    """Letters to one address keep their order, and all of them together a pace that mail servers bear."""
    if letter.template.startswith(URGENT):
        return True
    if not Letter.objects.waiting(timezone.now()).filter(pk=letter.pk).exists():
        return False
    if Letter.objects.ahead_of(letter).exclude(template__startswith=URGENT).exists():
        return False
    try:
        take([PACE])
    except LimitReachedError:
        return False
    except CounterAwayError:  # letters that are late do more harm than letters that are fast
        pass
    return True


def _hand_over(letter: Letter, found: Composed) -> str:
    """Give the letter to the mail server; its subject. A letter that is sent twice has one Message-ID, by which mail
    programs show it once."""
    subject, words = _words(letter, found)
    _name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    mark = digest_of(f"{settings.SECRET_KEY}:{letter.pk}:{letter.key}")[:32]
    headers = {"Message-ID": f"<{mark}@{sender.rpartition('@')[2] or 'localhost'}>"}
    if letter.unsubscribe:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    EmailMessage(subject, words, to=[found.to], headers=headers).send()
    return subject


def _words(letter: Letter, found: Composed) -> tuple[str, str]:
    context = {**found.context, "home": absolute("/"), "unsubscribe": letter.unsubscribe}
    with override(found.language):
        subject = render_to_string(f"mail/{letter.template}_subject.txt", context)
        words = render_to_string(f"mail/{letter.template}_message.txt", context)
    return " ".join(subject.split()), words.strip() + "\n"


def _finish(letter: Letter, token: int, **values: object) -> bool:
    """Forget what the letter said, and let the next one to the same address go."""
    is_mine = Letter.objects.finish(letter.pk, token, timezone.now(), context={}, unsubscribe="", **values)
    next_one = (
        Letter.objects.waiting(timezone.now()).filter(to_address=letter.to_address).order_by("pk").first()
    )
    if next_one:
        dispatch.send_soon([next_one])
    return is_mine


def _cancel(letter: Letter, token: int) -> None:
    _finish(letter, token, cancelled_at=timezone.now())


def _note_failure(letter: Letter, token: int, error: Exception) -> None:
    # The words of the error may name the address, so the log has its kind only.
    failure, fault, now = type(error).__name__, fault_of(error), timezone.now()
    logger.warning("letter_failed", letter=letter.pk, template=letter.template, error=failure)
    age = now - letter.created_at
    if fault is Fault.LETTER:
        Letter.objects.give_back(letter.pk, token, failure)
    elif fault is Fault.ADDRESS:
        Letter.objects.park(letter.pk, token, failure, refused_at=now)
        User.objects.filter(email=letter.to_address).update(mail_refused_at=now)
    elif age > LETTER_TRIED_FOR:
        Letter.objects.park(letter.pk, token, failure)
    else:
        wait = PATIENCE + min(max(age, timedelta()) / 4, LONGEST_RETRY)
        Letter.objects.put_off(letter.pk, token, now + wait, failure)
