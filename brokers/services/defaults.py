"""The broker of a country who gets the firms that fit nobody else."""

from django.utils.translation import gettext_lazy as _

from brokers import events
from brokers.models import Broker, DefaultBroker
from brokers.policies import can_choose_default
from regions.models import Country
from tibs.accounts.actor import Actor
from tibs.core.errors import BadInputError, NotAllowedError
from tibs.core.locks import one_at_a_time
from tibs.events.recording import record


def choose_default(*, country: Country, broker: Broker, by: Actor) -> DefaultBroker:
    """Make that broker the default of a country in which it works."""
    with one_at_a_time(f"brokers.default:{country.code}"):
        present = DefaultBroker.objects.select_related("broker__membership__organisation")
        before = present.filter(country=country).first()
        if not can_choose_default(by, broker, before.broker if before else None):
            raise NotAllowedError(_("Only an administrator takes this from another organisation."))
        if not Broker.objects.serving(country).filter(pk=broker.pk).exists():
            reason = _("Choose a broker who works in this country.")
            raise BadInputError(reason, fields={"broker": reason})
        chosen, _is_new = DefaultBroker.objects.update_or_create(country=country, defaults={"broker": broker})
        facts = {"country": country.code, "user": broker.membership.user.public_id}
        record(events.DEFAULT_CHOSEN, about=chosen, by=by, facts=facts)
    return chosen
