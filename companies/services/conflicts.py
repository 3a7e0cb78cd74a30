"""Two people change the same thing at the same time."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tibs.core.errors import DomainError


class ChangedMeanwhileError(DomainError):
    """Somebody else changed the thing after this person read it. `current` is how it stands now."""

    code = "changed_meanwhile"

    def __init__(self, current: models.Model) -> None:
        super().__init__(
            _(
                "Somebody else changed this while you were writing. Choose for each difference which value stays."
            )
        )
        self.current: Any = current
