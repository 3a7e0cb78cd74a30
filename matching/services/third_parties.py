"""Asking somebody of neither side to validate an agreement, on a clock of working days of the receiver's country."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from brokers.models import Membership
from matching import sides
from matching.handshake import Side
from matching.models import Agreement
from matching.notices import cooperations as notices
from matching.services.telling import settle_all
from regions.working_days import Times, times_of
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode
from tibs.events.notices import Notice
from tibs.events.services.inbox import Tiding, notify, notify_all
from tibs.figures import VALIDATION_DAYS

STAMPS = ["ready_at", "reminded_at", "escalated_at"]


def ask_third_party(agreement: Agreement, now: datetime) -> None:
    """Both firms confirmed the words: start the clock, ask the project staff who belong to neither side, and let the
    brokers of neither side know."""
    agreement.ready_at, agreement.reminded_at, agreement.escalated_at = now, None, None
    agreement.save(update_fields=[*STAMPS, "updated_at"])
    _tell(agreement, notices.TO_VALIDATE, "asked", _staff(agreement))
    _tell_brokers(agreement, now)


def stop_asking(agreement: Agreement, now: datetime) -> None:
    """The words do not wait for a third party any more; the caller has locked the agreement's cooperation."""
    if agreement.ready_at:
        agreement.ready_at = agreement.reminded_at = agreement.escalated_at = None
        agreement.save(update_fields=[*STAMPS, "updated_at"])
    settle_all(agreement.cooperation, now, key="to_validate:")


def ring(agreement: Agreement, now: datetime) -> bool:
    """What the clock asks for: a reminder at half of the time, the administrators at its end; whether it rang.

    An agreement that waits without a clock gets one. The caller has locked the agreement's cooperation.
    """
    if agreement.ready_at is None:
        ask_third_party(agreement, now)
    elif agreement.escalated_at is None and now > _times(agreement).due_at:
        agreement.reminded_at, agreement.escalated_at = agreement.reminded_at or now, now
        _tell(agreement, notices.VALIDATION_LATE, "late", _administrators(agreement))
    elif agreement.reminded_at is None and now > _times(agreement).remind_at:
        agreement.reminded_at = now
        _tell(agreement, notices.VALIDATION_REMINDER, "reminded", _staff(agreement))
    else:
        return False
    agreement.save(update_fields=[*STAMPS, "updated_at"])
    return True


def _times(agreement: Agreement) -> Times:
    country = sides.company_of(agreement.cooperation, Side.RECEIVER).country
    return times_of(country, agreement.ready_at or agreement.updated_at, VALIDATION_DAYS)


def _staff(agreement: Agreement) -> QuerySet[User]:
    """Project staff, or administrators where there are none."""
    staff = _neutral(agreement, RoleCode.STAFF)
    return staff if staff.exists() else _administrators(agreement)


def _administrators(agreement: Agreement) -> QuerySet[User]:
    return _neutral(agreement, RoleCode.ADMINISTRATOR)


def _neutral(agreement: Agreement, role: RoleCode) -> QuerySet[User]:
    """People of that role who belong to neither firm and to neither organisation."""
    return _of_neither_side(agreement, User.objects.filter(platform_role=role))


def _of_neither_side(agreement: Agreement, people: QuerySet[User]) -> QuerySet[User]:
    companies = sides.companies_of(agreement.cooperation)
    hosts = [company.host_id for company in companies]
    members = Membership.objects.in_force().filter(organisation__in=hosts).values("user")
    people = people.filter(is_active=True).exclude(pk__in=members)
    return people.exclude(contacts__company__in=companies).order_by("pk")


def _tell_brokers(agreement: Agreement, now: datetime) -> None:
    """Each hears it once in a week: the list shows what waits, and whoever is quickest takes it."""
    year, week, _day = now.isocalendar()
    elsewhere = Membership.objects.in_force().filter(role=RoleCode.BROKER).values("user")
    notify_all(
        Tiding(
            notices.SOME_TO_VALIDATE,
            to=broker,
            url=reverse("agreements_to_validate"),
            key=f"some_to_validate:{year}:{week}",
        )
        for broker in _of_neither_side(agreement, User.objects.filter(pk__in=elsewhere))
    )


def _tell(agreement: Agreement, notice: Notice, what: str, people: QuerySet[User]) -> None:
    sender, receiver = sides.companies_of(agreement.cooperation)
    for person in people:
        notify(
            notice,
            to=person,
            url=reverse("agreement", args=[agreement.public_id]),
            key=f"{agreement.cooperation.public_id}:to_validate:{what}:{agreement.version}",
            values={"company": sender.name, "partner": receiver.name},
            company_id=sender.public_id,
        )
