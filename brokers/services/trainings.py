"""Trainings and certificates of brokers."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from brokers import events
from brokers.models import Broker, Training
from brokers.policies import can_change_broker
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, NotAllowedError
from tibs.events.recording import record


@dataclass(frozen=True)
class TrainingFacts:
    """What was learnt, where, when and for how long; a certificate may end on a day."""

    title: str
    provider: str
    held_date: date
    hours: Decimal
    certificate: str = ""
    valid_until: date | None = None


@transaction.atomic
def add_training(*, broker: Broker, facts: TrainingFacts, by: Actor) -> Training:
    """Add a training to a broker's profile."""
    _require(by, broker)
    _refuse_misfits(facts)
    training = Training.objects.create(broker=broker, **asdict(facts))
    record(events.TRAINING_ADDED, about=training, by=by, facts=_whose(broker))
    return training


@transaction.atomic
def change_training(*, training: Training, facts: TrainingFacts, by: Actor) -> Training:
    """Correct a training."""
    _require(by, training.broker)
    _refuse_misfits(facts)
    for name, value in asdict(facts).items():
        setattr(training, name, value)
    training.save()
    record(events.TRAINING_CHANGED, about=training, by=by, facts=_whose(training.broker))
    return training


@transaction.atomic
def remove_training(*, training: Training, by: Actor) -> None:
    """Take a training off the profile."""
    _require(by, training.broker)
    record(events.TRAINING_REMOVED, about=training, by=by, facts=_whose(training.broker))
    training.delete()


def _require(by: Actor, broker: Broker) -> None:
    if not can_change_broker(by, broker):
        raise NotAllowedError(_("Only the broker and the coordinator change this profile."))


def _refuse_misfits(facts: TrainingFacts) -> None:
    fields = {}
    if facts.hours <= 0:
        fields["hours"] = _("A training takes more than no time.")
    if facts.valid_until and facts.valid_until < facts.held_date:
        fields["valid_until"] = _("A certificate cannot end before the training.")
    if fields:
        raise BadInputError(_("Some answers cannot be used."), fields=fields)


def _whose(broker: Broker) -> dict[str, str]:
    return {"user": broker.membership.user.public_id}
