"""Public ids: typed, random, safe to show (`cmp_…`, `prf_…`, `mat_…`). They are names, never secrets."""

import secrets
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    TextField = models.CharField[str, str]
else:
    TextField = models.CharField

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # without i, l, o, u: read aloud without mistakes
LENGTH = 16


def new_public_id(prefix: str) -> str:
    """A fresh id of 80 random bits, such as `cmp_7d3k…`."""
    return f"{prefix}_{''.join(secrets.choice(ALPHABET) for _ in range(LENGTH))}"


class PublicIdField(TextField):
    """The id that people, URLs and the API see; the database keeps its own key."""

    def __init__(self, *, prefix: str, **kwargs: Any) -> None:
        self.prefix = prefix
        kwargs |= {"max_length": 24, "unique": True, "editable": False, "default": self._fresh}
        super().__init__(_("public id"), **kwargs)

    def _fresh(self) -> str:
        return new_public_id(self.prefix)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        for derived in ("verbose_name", "max_length", "unique", "editable", "default"):
            kwargs.pop(derived, None)
        return name, path, list(args), {**kwargs, "prefix": self.prefix}
