"""What the page of an agreement shows to both sides, and to a third party."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from companies.choices import Area
from companies.models import Company
from companies.policies import can_decide_for_company
from matching import sides
from matching.agreement_words import State, state_of
from matching.forms.agreements import DisagreeForm
from matching.forms.signing import SignerForm
from matching.models import Agreement
from matching.policies import can_read_evidence, can_take_part, can_validate, can_work_on_cooperation
from matching.presenting.cooperations import companies_to_state, sentence_for
from tibs.accounts.actor import Actor


def page_of_agreement(found: Agreement, actor: Actor) -> dict[str, Any]:
    """Everything on the page but the forms that somebody has sent."""
    cooperation, state = found.cooperation, state_of(found)
    is_of_a_side = can_take_part(actor, cooperation)
    is_open = state not in {State.COUNTS, State.ENDED}
    return {
        "agreement": found,
        "cooperation": cooperation,
        "state": state,
        "sentence": sentence_for(found, state),
        "facts": facts_of(found),
        "statements": _statements(found, shows_signers=is_of_a_side),
        "shows_names": can_read_evidence(actor, cooperation),
        "is_of_a_side": is_of_a_side,
        "can_write": is_open and can_work_on_cooperation(actor, cooperation),
        "can_attach": is_open and is_of_a_side,
        "can_read_file": found.evidence is not None and can_read_evidence(actor, cooperation),
        "can_judge": state == State.TO_VALIDATE and can_validate(actor, cooperation),
        "signers": _signers(found, actor) if state == State.TO_STATE else [],
        "objectors": _objectors(found, actor) if state in {State.TO_STATE, State.TO_VALIDATE} else [],
    }


def title_for(found: Agreement, actor: Actor) -> str:
    """Both sides and project staff read the names of the firms; brokers of other organisations the countries only."""
    one, other = sides.companies_of(found.cooperation)
    if can_read_evidence(actor, found.cooperation):
        return gettext("%(one)s and %(other)s") % {"one": one.name, "other": other.name}
    countries = {"one": one.country.name, "other": other.country.name}
    return gettext("A firm in %(one)s and a firm in %(other)s") % countries


def facts_of(found: Agreement) -> list[tuple[str, str]]:
    """The words of the agreement, each with its name."""
    areas = dict(Area.choices)
    return [
        (gettext("Type"), found.get_type_display()),
        (gettext("What was agreed"), found.subject),
        (gettext("Benefit for both sides"), found.benefit),
        (gettext("Value-chain areas"), ", ".join(str(areas.get(code, code)) for code in found.areas)),
        (gettext("Signed on"), date_format(found.signed_date, "DATE_FORMAT")),
        (gettext("Valid until"), date_format(found.valid_until, "DATE_FORMAT") if found.valid_until else ""),
        (gettext("Value"), found.get_value_band_display()),
        (gettext("Jobs expected"), "" if found.jobs_expected is None else str(found.jobs_expected)),
        (gettext("May be published"), gettext("Yes") if found.is_publishable else gettext("No")),
        (gettext("Text for the public"), found.public_text),
    ]


def _statements(found: Agreement, *, shows_signers: bool) -> list[dict[str, Any]]:
    """Which firm has confirmed the words as they stand; who did it for the firm is for the two sides."""
    counting = {one.company_id: one for one in found.statements.all() if one.text_hash == found.text_hash}
    return [
        {
            "company": company,
            "statement": counting.get(company.pk),
            "signer": counting[company.pk].signer if shows_signers and company.pk in counting else "",
        }
        for company in sides.companies_of(found.cooperation)
    ]


def objection_id(company: Company | None) -> str:
    """The pattern of the ids in the form by which a firm disagrees: a page may hold two of them."""
    return f"id_no_{company.public_id if company else ''}_%s"


def _objectors(found: Agreement, actor: Actor) -> list[dict[str, Any]]:
    """A form for each firm for which the reader can say that this is not what was agreed."""
    return [
        {
            "company": company,
            "is_own": company.pk in actor.companies,
            "form": DisagreeForm(
                initial={"company": company.public_id, "shown_hash": found.text_hash},
                auto_id=objection_id(company),
            ),
        }
        for company in sides.companies_of(found.cooperation)
        if can_decide_for_company(actor, company)
    ]


def _signers(found: Agreement, actor: Actor) -> list[dict[str, Any]]:
    """A form for each firm for which the reader can confirm the words."""
    return [
        {
            "company": company,
            "is_own": company.pk in actor.companies,
            "form": SignerForm(
                speaks_for_another=company.pk not in actor.companies,
                initial={
                    "company": company.public_id,
                    "shown_hash": found.text_hash,
                    "signer": actor.name if company.pk in actor.companies else "",
                },
                auto_id=f"id_{company.public_id}_%s",
            ),
        }
        for company in companies_to_state(found, actor)
    ]
