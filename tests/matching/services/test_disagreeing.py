"""A firm that finds other words than those that it agreed to says so, and the brokers correct them."""

import pytest

from matching.agreement_words import State, state_of
from matching.models import Agreement, AgreementStatement, Cooperation
from matching.services.agreements import state_agreement, validate_agreement, write_agreement
from matching.services.disagreeing import disagree
from matching.services.evidence import attach_evidence
from tests.cooperating import agreement, state, third_party
from tests.matching.services.test_agreements import scan
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import InboxItem

pytestmark = pytest.mark.django_db


def says_no(made, written, by="aino", company="finnish", **values):
    given = {"note": "It was 20 cubic metres.", "shown_hash": written.text_hash} | values
    return disagree(agreement=written, company=getattr(made, company), by=getattr(made, by), **given)


def told(notice):
    rows = InboxItem.objects.filter(notice=f"matching.cooperation.{notice}")
    return sorted(item.user.public_id for item in rows)


def waiting(notice):
    rows = InboxItem.objects.filter(notice=f"matching.cooperation.{notice}", done_at=None, waits=True)
    return {item.user.public_id for item in rows}


@pytest.mark.parametrize("stated", [False, True])
def test_words_go_back_to_the_broker_of_the_firm_that_disagrees(made, stated):
    written = agreement(made, stated=stated)

    returned = says_no(made, written)

    step = Cooperation.objects.get()
    assert (state_of(returned), returned.returned_note) == (State.RETURNED, "It was 20 cubic metres.")
    assert (step.step_in_words, step.owner) == ("Correct the agreement that was sent back", made.brokers[1])
    assert step.next_due_date
    assert not Agreement.objects.to_validate().exists()


def test_everybody_else_of_the_two_sides_is_told_once_and_nobody_confirms_meanwhile(made):
    staff = third_party()
    written = agreement(made, stated=True)

    says_no(made, written)

    assert waiting("disputed") == {made.ana.id, made.johanna.id}
    assert told("disputed_firm") == [made.jan.id]
    assert waiting("to_state") == set()
    assert staff.id not in waiting("to_validate")
    with pytest.raises(WrongStateError):
        validate_agreement(agreement=written, by=staff)
    with pytest.raises(WrongStateError, match="corrected"):
        state_agreement(
            agreement=written, company=made.finnish, signer="Aino", shown_hash=written.text_hash, by=made.aino
        )


def test_corrected_words_are_confirmed_by_both_and_nobody_waits_for_the_correction(made):
    written = agreement(made, stated=True)
    says_no(made, written)

    corrected = write_agreement(
        cooperation=made.cooperation, values={"subject": "Oak boards, 20 cubic metres."}, by=made.johanna
    )

    assert (state_of(corrected), corrected.returned_for) == (State.TO_STATE, None)
    assert waiting("disputed") == set()
    assert waiting("to_state") == {made.ana.id, made.jan.id, made.aino.id}
    state(made, corrected)
    assert validate_agreement(agreement=corrected, by=third_party()).validated_at


def test_same_words_once_more_are_asked_of_the_firm_that_took_its_yes_back(made):
    written = agreement(made, stated=True)
    says_no(made, written)

    write_agreement(cooperation=made.cooperation, values={}, by=made.johanna)

    assert [one.company for one in AgreementStatement.objects.all()] == [made.polish]
    assert waiting("to_state") == {made.aino.id}


def test_file_alone_does_not_mend_the_words(made):
    written = agreement(made)
    says_no(made, written)

    attach_evidence(agreement=written, file=scan(), by=made.jan)

    assert state_of(Agreement.objects.get()) == State.RETURNED
    assert waiting("to_state") == set()


@pytest.mark.parametrize("wrong", ["", "  ", "x" * 601])
def test_no_has_a_reason(made, wrong):
    with pytest.raises(BadInputError) as refused:
        says_no(made, agreement(made), note=wrong)

    assert "note" in refused.value.fields


def test_only_about_the_words_that_were_shown(made):
    with pytest.raises(WrongStateError, match="changed"):
        says_no(made, agreement(made), shown_hash="0" * 64)


def test_what_counts_stays(made):
    with pytest.raises(WrongStateError, match="validated"):
        says_no(made, agreement(made, validated=True))


@pytest.mark.parametrize("by", ["jan", "ana"])
def test_only_for_the_own_firm(made, by):
    with pytest.raises(NotAllowedError):
        says_no(made, agreement(made), by=by)


def test_broker_writes_it_down_for_its_firm_which_is_told(made):
    says_no(made, agreement(made), by="johanna")

    assert told("disputed") == [made.ana.id]
    assert set(told("disputed_firm")) == {made.jan.id, made.aino.id}


@pytest.mark.parametrize(("by", "hears"), [("johanna", True), ("aino", False)])
def test_firm_hears_of_the_yes_that_its_broker_wrote_down_for_it_and_can_take_it_back(made, by, hears):
    written = agreement(made)

    state_agreement(
        agreement=written,
        company=made.finnish,
        signer="Aino Salo",
        shown_hash=written.text_hash,
        by=getattr(made, by),
    )

    assert told("noted") == [made.aino.id] * hears
    assert state_of(says_no(made, written)) == State.RETURNED
    assert not AgreementStatement.objects.exists()
