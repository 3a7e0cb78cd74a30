"""Writing letters with a change, and sending them after it: none is lost, one is sent twice at most for each crash."""

import secrets
from collections.abc import Mapping

import structlog
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from tibs.core.links import absolute
from tibs.events import dispatch
from tibs.events.models import Letter

logger = structlog.get_logger(__name__)
BATCH = 500


def write_letter(
    *,
    template: str,
    to: str,
    language: str,
    context: Mapping[str, str | int],
    company_id: str = "",
    key: str = "",
) -> Letter:
    """Owe a letter, in the transaction of what it tells.

    Its words are `mail/<template>_subject.txt` and `_message.txt`, which `context` fills. A second letter with the
    same `key` is not written: the first one is returned.
    """
    letter, is_new = Letter.objects.get_or_create(
        key=key or f"{template}:{secrets.token_hex(16)}",
        defaults={
            "template": template,
            "to_address": to,
            "language": language,
            "context": dict(context),
            "company_id": company_id,
        },
    )
    if is_new:
        transaction.on_commit(lambda: dispatch.send_soon([letter]), robust=True)
    return letter


def rendered(letter: Letter) -> tuple[str, str]:
    """Subject and words of a letter that was not sent yet, in the language of who gets it."""
    context = {**letter.context, "home": absolute("/")}
    with override(letter.language):
        subject = render_to_string(f"mail/{letter.template}_subject.txt", context)
        words = render_to_string(f"mail/{letter.template}_message.txt", context)
    return " ".join(subject.split()), words.strip() + "\n"


def send(letter_id: int) -> bool:
    """Send one letter if nobody else does; True when it was sent now. A failure has used one of three attempts."""
    token = Letter.objects.claim(letter_id, timezone.now())
    if not token:
        return False
    letter = Letter.objects.get(pk=letter_id)
    try:
        subject, words = rendered(letter)
        EmailMessage(subject, words, to=[letter.to_address]).send()
    except Exception as error:  # whatever fails is counted, kept and shown
        # The words of the error may name the address, so the log has its kind only.
        failure = type(error).__name__
        logger.warning("letter_failed", letter=letter_id, template=letter.template, error=failure)
        Letter.objects.give_back(letter_id, token, failure)
        return False
    return Letter.objects.finish(letter_id, token, timezone.now(), subject=subject[:200], context={})


def sweep() -> int:
    """Ask again for letters that a lost message or a killed process left behind; the count of them."""
    now = timezone.now()
    forgotten = list(Letter.objects.forgotten(now).order_by("pk")[:BATCH])
    Letter.objects.filter(pk__in=[letter.pk for letter in forgotten]).update(nudged_at=now)
    dispatch.send_soon(forgotten)
    return len(forgotten)
