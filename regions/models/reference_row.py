from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferenceQuerySet[Row: models.Model](models.QuerySet[Row]):
    def active(self) -> Self:
        """Rows of the current reference data; what was dropped stays readable where it was once used."""
        return self.filter(active=True)


class ReferenceRow(models.Model):
    """A row that comes from the files in `regions/reference` and changes only through them."""

    active = models.BooleanField(_("active"), default=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True
