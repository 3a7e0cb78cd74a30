"""Telling people from programs on a public form, without a third party, a cookie or a puzzle."""

import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SALT = "companies.forms.human"
LEAST_SECONDS, MOST_SECONDS = 3, 24 * 60 * 60


class Problem(StrEnum):
    """Why a page must be sent once more."""

    TOO_QUICK = "too_quick"
    TOO_OLD = "too_old"


@dataclass(frozen=True)
class Stamp:
    """When a page was drawn, and its one-time token."""

    drawn_at: int
    token: str

    def signed(self) -> str:
        return signing.dumps([self.drawn_at, self.token], salt=SALT)

    @classmethod
    def fresh(cls, now: float) -> "Stamp":
        return cls(int(now), secrets.token_urlsafe(24))

    @classmethod
    def read(cls, signed: str) -> "Stamp | None":
        """None where it is missing, forged or of another kind."""
        try:
            drawn_at, token = signing.loads(signed, salt=SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls(drawn_at, token)


class HumanForm(forms.Form):
    """A form with a trap that people do not see, and a signed stamp that says when its page was drawn.

    `now` is the present in seconds since the epoch. Whoever is too quick or too late keeps everything that was
    written and sends it once more. What fell into the trap is accepted: a person looks at it later.
    """

    stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)
    # Programs fill in whatever has a name. The words are for people whose browser shows it all the same.
    extra = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, now: float, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._now = now
        self.sent_stamp = Stamp.read(self.data.get(self.add_prefix("stamp"), "")) if self.is_bound else None
        if Stamp.read(str(self.initial.get("stamp", ""))) is None:
            self.initial["stamp"] = Stamp.fresh(now).signed()

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get(self.add_prefix("extra")))

    @property
    def token(self) -> str:
        return self.sent_stamp.token if self.sent_stamp else ""

    @property
    def problem(self) -> Problem | None:
        """What the stamp says against the sending; a page without a valid stamp counts as too old."""
        if self.sent_stamp is None:
            return Problem.TOO_OLD
        passed = self._now - self.sent_stamp.drawn_at
        if passed < LEAST_SECONDS:
            return Problem.TOO_QUICK
        return Problem.TOO_OLD if passed > MOST_SECONDS else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.problem == Problem.TOO_QUICK:
            self.add_error(
                None, gettext("That was very quick. Please check your answers and send them again.")
            )
        elif self.problem == Problem.TOO_OLD:
            self.add_error(None, gettext("This page was open for a long time. Please send it again."))
            self._renew_stamp()
        return cleaned

    def _renew_stamp(self) -> None:
        """The page that goes back must not carry the stamp that was refused."""
        self.write_back("stamp", self.initial["stamp"])

    def write_back(self, name: str, value: str) -> None:
        """Put a value into the page that goes back for another sending."""
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix(name)] = value
        self.data = data
