"""What people are told inside TIBS, and how they want to hear of it by mail."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tibs.accounts.actor import Actor
from tibs.core.models import TimestampedModel
from tibs.core.public_ids import PublicIdField


class NoticeKind(models.TextChoices):
    """Kinds of notices, each with its own choice of mail."""

    LEADS = "leads", _("New companies")
    MESSAGES = "messages", _("Messages")
    PROFILES = "profiles", _("Profiles: reviews and approvals")
    MATCHES = "matches", _("Matches")
    INTRODUCTIONS = "introductions", _("Introductions")
    COOPERATIONS = "cooperations", _("Meetings, agreements and follow-ups")


class MailWhen(models.TextChoices):
    """When letters come. With AT_ONCE, which holds without a choice, the rest comes in the person's usual digest; with
    WAITS it does not come by mail."""

    AT_ONCE = "at_once", _("At once, where something waits for me")
    WAITS = "waits", _("Only where something waits for me")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NEVER = "never", _("Never")


class InboxQuerySet(models.QuerySet["InboxItem"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everybody has their own."""
        return self.filter(user__public_id=actor.id) if actor.is_person else self.none()

    def unread(self) -> Self:
        """New to their reader, and not settled meanwhile."""
        return self.filter(read_at=None, done_at=None)

    def waiting(self) -> Self:
        """Somebody still waits for the reader, who may have read it."""
        return self.filter(waits=True, done_at=None)


class InboxItem(models.Model):
    """One thing that one person is told: once for each `key`, whatever happens twice.

    `notice` names the sentence (`tibs.events.notices`), `values` fill it in the reader's language; they hold no
    contact data, and days as `…_date` in ISO form. `waits` says that somebody waits for this person; `done_at` when
    it is settled. `mailed_at` is the moment when a letter that tells it was written.
    """

    public_id = PublicIdField(prefix="ntc")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("for"), on_delete=models.CASCADE, related_name="inbox"
    )
    key = models.CharField(_("key"), max_length=160)
    notice = models.CharField(_("notice"), max_length=60)
    kind = models.CharField(_("kind"), max_length=13, choices=NoticeKind)
    values = models.JSONField(_("values"), default=dict, blank=True)
    url = models.CharField(_("leads to"), max_length=300)
    company_id = models.CharField(_("company"), max_length=24, blank=True)
    waits = models.BooleanField(_("somebody waits"), default=False)
    created_at = models.DateTimeField(_("at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    done_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)

    objects = InboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="events_inbox_newest"),
            models.Index(
                fields=["user"], name="events_inbox_unread", condition=models.Q(read_at=None, done_at=None)
            ),
            models.Index(
                fields=["user"],
                name="events_inbox_waiting",
                condition=models.Q(waits=True, done_at=None),
            ),
            models.Index(
                fields=["created_at"], name="events_inbox_unmailed", condition=models.Q(mailed_at=None)
            ),
            models.Index(fields=["key"], name="events_inbox_open", condition=models.Q(done_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                name="events_inbox_once",
                violation_error_message=_("This was told already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice} {self.user_id}"


class Preference(TimestampedModel):
    """How a person wants to hear of one kind of notices by mail; without a row, the kind's default holds."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="preferences",
    )
    kind = models.CharField(_("kind"), max_length=13, choices=NoticeKind)
    mail = models.CharField(_("mail"), max_length=7, choices=MailWhen)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"],
                name="events_preference_once",
                violation_error_message=_("There is a preference for this kind already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.mail}"
