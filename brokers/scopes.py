"""What a key of the API may be good for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    LEADS_WRITE = "leads:write", _("Send companies that want to meet a broker")
