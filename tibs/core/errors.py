"""Errors that a person caused or can mend. Interfaces show their words; everything else is a fault of ours."""

from collections.abc import Mapping

from django.utils.functional import Promise


class DomainError(Exception):
    """A refusal with a stable code for machines and a translated sentence for people.

    `fields` maps a field name to its own sentence where the refusal concerns single fields.
    """

    code = "refused"

    def __init__(
        self, message: str | Promise, *, code: str = "", fields: Mapping[str, str | Promise] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.fields = dict(fields or {})

    def __str__(self) -> str:
        return str(self.message)


class WrongStateError(DomainError):
    """The thing exists, but its state does not allow this step."""

    code = "wrong_state"


class NotAllowedError(DomainError):
    """The actor may see the thing, but not do this to it."""

    code = "not_allowed"


class BadInputError(DomainError):
    """What was given cannot be used as it is."""

    code = "bad_input"
