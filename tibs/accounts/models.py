"""People who sign in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from tibs.accounts.roles import PLATFORM_ROLES, ROLES
from tibs.core.languages import LANGUAGES
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField


class UserManager(BaseUserManager["User"]):
    """Creates people with a password that is hashed, or with none that works."""

    def create_user(self, email: str, password: str | None = None, **values: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **values)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, TimestampedModel):
    """A person who signs in by e-mail address: a broker, a coordinator, project staff, an SME's contact.

    What the person may do comes from roles: the platform role here, and memberships in host organisations.
    """

    public_id = PublicIdField(prefix="usr")
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="en")
    platform_role = models.CharField(
        _("role on the platform"),
        max_length=20,
        blank=True,
        choices=[(role, ROLES[role].name) for role in PLATFORM_ROLES],
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    # Says on every request, without another query, whether a device for the second step is registered.
    second_factor_at = models.DateTimeField(_("second step since"), null=True, blank=True)
    # The mail server of the address sent a letter back for good; the next one that arrives clears it.
    mail_refused_at = models.DateTimeField(_("letters came back at"), null=True, blank=True)
    # Unread notices up to a hundred, counted where somebody signs in (tibs.entrance.backend); no column.
    unread = 0

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="accounts_user_email_is_lower_case",
                violation_error_message=_("E-mail addresses are stored in lower case."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email
