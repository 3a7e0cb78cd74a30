"""Lifting what keeps two companies apart."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from companies.policies import can_change_company, require
from matching import events
from matching.models import Block
from tibs.accounts.actor import Actor
from tibs.core.errors import WrongStateError
from tibs.events.recording import record


@transaction.atomic
def lift_block(*, block: Block, by: Actor) -> Block:
    """Let two companies be matched again; what was decided about their matches stays decided.

    WrongStateError when it was lifted already.
    """
    found = Block.objects.select_for_update(of=["self"]).select_related("company").get(pk=block.pk)
    require(can_change_company(by, found.company))
    if found.lifted_at:
        raise WrongStateError(_("This block was lifted already."))
    found.lifted_at = timezone.now()
    found.save(update_fields=["lifted_at", "updated_at"])
    record(events.BLOCK_LIFTED, about=found, by=by, company_id=found.company.public_id)
    return found
