"""What being a contact person adds to an actor."""

from dataclasses import replace

from companies.models import Contact
from tibs.accounts.actor import Actor
from tibs.accounts.models import User


def contacts(actor: Actor, user: User) -> Actor:
    """Add the companies for which the person is a contact; one person may serve several firms."""
    companies = Contact.objects.filter(user=user).values_list("company_id", flat=True)
    return replace(actor, companies=actor.companies | set(companies))
