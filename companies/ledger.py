"""The consent ledger of one company as a page shows it: what is asked, what was decided, and what to ask again."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import cached_property

from companies.choices import Purpose
from companies.consent_texts import text_hash, words_of
from companies.models import Company, Consent, ConsentText
from companies.selectors import foreign_brokers, latest_consents
from tibs.figures import CONSENT_ENDS_SOON


@dataclass(frozen=True)
class Choice:
    """One thing that the company may agree to, with its latest decision on it, if there is one.

    `words` are what is asked today, in `language`; `agreed_words` what was agreed to, where those are others.
    `recipient` is the named broker of a shared file.
    """

    purpose: Purpose
    words: str
    language: str
    now: datetime
    latest: Consent | None = None
    agreed_words: str = ""
    recipient_id: str = ""
    recipient: str = ""

    @property
    def key(self) -> str:
        """Tells this choice from the others on its page."""
        return f"{self.purpose}-{self.recipient_id}".strip("-")

    @property
    def label(self) -> str:
        return str(self.purpose.label)

    @cached_property
    def text_hash(self) -> str:
        return text_hash(self.purpose, self.language)

    @property
    def holds(self) -> bool:
        return self.latest is not None and self.latest.is_in_force(self.now)

    @property
    def has_ended(self) -> bool:
        """It was given and ran out without being withdrawn."""
        return self.latest is not None and self.latest.is_given and not self.holds

    @property
    def was_withdrawn(self) -> bool:
        return self.latest is not None and not self.latest.is_given

    @property
    def ends_soon(self) -> bool:
        end = self.latest.valid_until if self.latest and self.holds else None
        return end is not None and end <= self.now + CONSENT_ENDS_SOON

    @property
    def has_other_words(self) -> bool:
        """It holds for the words of its day; those of today must be agreed to again."""
        return self.holds and bool(self.agreed_words)

    @property
    def wants_renewal(self) -> bool:
        return self.has_other_words or self.ends_soon or self.has_ended


@dataclass(frozen=True)
class Ledger:
    """All choices in the order of the purposes; `others` are brokers whom a file is not shared with yet."""

    language: str
    choices: list[Choice]
    others: list[tuple[str, str]]
    sharing_words: str
    sharing_hash: str


def ledger_of(company: Company, language: str, now: datetime) -> Ledger:
    """What the company may decide, worded in `language`."""
    latest = {(entry.purpose, entry.recipient_id): entry for entry in latest_consents(company)}
    words = _words_agreed_to(list(latest.values()))
    brokers = foreign_brokers(company)
    names = dict(brokers)

    def choice(purpose: Purpose, recipient_id: str = "") -> Choice:
        entry = latest.get((purpose, recipient_id))
        return Choice(
            purpose=purpose,
            words=words_of(purpose, language),
            language=language,
            now=now,
            latest=entry,
            agreed_words=words.get(entry.text_hash, "") if entry else "",
            recipient_id=recipient_id,
            recipient=names.get(recipient_id, ""),
        )

    sharing = Purpose.SHARE_WITH_BROKER
    shared = [recipient for purpose, recipient in latest if purpose == sharing]
    choices = [choice(purpose) for purpose in Purpose if purpose != sharing]
    choices += [choice(sharing, recipient) for recipient in sorted(shared)]
    return Ledger(
        language=language,
        choices=choices,
        others=[broker for broker in brokers if broker[0] not in shared],
        sharing_words=words_of(sharing, language),
        sharing_hash=text_hash(sharing, language),
    )


def _words_agreed_to(entries: list[Consent]) -> dict[str, str]:
    """The kept words of those entries whose text reads otherwise today, by hash."""
    outdated = {entry.text_hash for entry in entries if entry.has_old_text}
    return dict(ConsentText.objects.filter(hash__in=outdated).values_list("hash", "words"))
