"""Agreements: they count once both firms confirmed the same words and a third party validated them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from companies.choices import Purpose
from companies.models import Attachment, Company
from companies.services.conflicts import ChangedMeanwhileError
from companies.services.consents import withdraw_consent
from companies.uploads import storage
from companies.uploads.checking import CheckedFile
from matching.agreement_words import State, state_of
from matching.choices import CooperationStatus
from matching.models import Agreement, AgreementStatement, Cooperation, FollowUp
from matching.services.agreements import (
    return_agreement,
    state_agreement,
    validate_agreement,
    write_agreement,
)
from matching.services.evidence import attach_evidence, read_evidence
from tests import factories
from tests.cooperating import agreed_values, agreement, pair, state, third_party
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode
from tibs.core.errors import BadInputError, DomainError, NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord, InboxItem

pytestmark = pytest.mark.django_db


def scan(content=b"%PDF-1.7"):
    return CheckedFile(content, "application/pdf", "umowa.pdf")


def test_both_sides_are_asked_to_confirm_what_a_broker_wrote(made):
    written = agreement(made)

    assert state_of(written) == State.TO_STATE
    assert Cooperation.objects.get().status == CooperationStatus.NEGOTIATING
    asked = InboxItem.objects.filter(notice="matching.cooperation.to_state", waits=True)
    assert {item.user.public_id for item in asked} == {made.jan.id, made.johanna.id, made.aino.id}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"subject": ""}, "subject"),
        ({"subject": "x" * 1001}, "subject"),
        ({"type": "loan"}, "type"),
        ({"signed_date": timezone.localdate() + timedelta(days=2)}, "signed_date"),
        ({"valid_until": date(2020, 1, 1)}, "valid_until"),
        ({"is_publishable": True}, "is_publishable"),
        ({"areas": ["XXX"]}, "areas"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_field(made, wrong, field):
    with pytest.raises(BadInputError) as refused:
        write_agreement(cooperation=made.cooperation, values=agreed_values(**wrong), by=made.ana)

    assert field in refused.value.fields


@pytest.mark.parametrize("field", ["subject", "benefit", "public_text"])
@pytest.mark.parametrize(
    "telling", ["Stolarnia Dąb", "Kymen Saha", "oak.example.com", "anna@dab.pl", "+48 22 123 45 67"]
)
def test_words_name_neither_firm_nor_how_to_reach_one(made, field, telling):
    words = f"Boards are dried and go to {telling} every month."

    with pytest.raises(BadInputError) as refused:
        write_agreement(cooperation=made.cooperation, values=agreed_values(**{field: words}), by=made.ana)

    assert telling in str(refused.value.fields[field])


def test_words_without_names_are_taken():
    # The control of the refusal above.
    assert agreement(pair(), public_text="Boards are dried and go to Finland every month.").pk


def test_both_words_and_a_third_party_make_it_count(made):
    counted = agreement(made, validated=True)

    assert state_of(counted) == State.COUNTS
    assert Cooperation.objects.get().status == CooperationStatus.AGREEMENT
    stamps = Company.objects.filter(pk__in=[made.polish.pk, made.finnish.pk]).values_list(
        "first_agreement_at", flat=True
    )
    assert set(stamps) == {counted.validated_at}
    assert FollowUp.objects.count() == 6
    assert InboxItem.objects.filter(notice="matching.cooperation.validated").count() == 4


@pytest.mark.parametrize("firms", [[], ["polish"], ["finnish"]])
def test_word_of_one_firm_is_not_enough(made, firms):
    written = agreement(made)
    people = {"polish": made.jan, "finnish": made.aino}
    for name in firms:
        state_agreement(
            agreement=written,
            company=getattr(made, name),
            signer="Somebody",
            shown_hash=written.text_hash,
            by=people[name],
        )

    with pytest.raises(WrongStateError):
        validate_agreement(agreement=written, by=third_party())
    assert not Agreement.objects.to_validate().exists()


@pytest.mark.parametrize("name", ["subject", "benefit", "value_band", "signed_date", "areas"])
def test_changed_word_voids_what_was_confirmed(made, name):
    stated = agreement(made, stated=True)
    assert Agreement.objects.to_validate().get() == stated
    others = {
        "subject": "Dried oak boards, 41 cubic metres a month.",
        "benefit": "",
        "value_band": "to_1m",
        "signed_date": date(2026, 3, 30),
        "areas": ["INB"],
    }

    changed = write_agreement(cooperation=made.cooperation, values={name: others[name]}, by=made.johanna)

    assert state_of(changed) == State.TO_STATE
    assert not Agreement.objects.to_validate().exists()
    with pytest.raises(WrongStateError):
        validate_agreement(agreement=changed, by=third_party())


def test_words_that_changed_while_they_were_read_are_not_confirmed(made):
    written = agreement(made)
    shown = written.text_hash
    write_agreement(cooperation=made.cooperation, values={"subject": "Something else."}, by=made.ana)

    with pytest.raises(WrongStateError) as refused:
        state_agreement(
            agreement=written, company=made.finnish, signer="Aino Salo", shown_hash=shown, by=made.aino
        )

    assert refused.value.code == "text_changed"


def test_firm_confirms_for_itself_only_and_its_broker_for_it(made):
    written = agreement(made)

    def confirm(company, by):
        return state_agreement(
            agreement=written, company=company, signer="Somebody", shown_hash=written.text_hash, by=by
        )

    for company, by in ((made.polish, made.aino), (made.finnish, made.ana), (made.polish, third_party())):
        with pytest.raises(NotAllowedError):
            confirm(company, by)
    assert not confirm(made.polish, made.jan).is_noted_by_broker
    assert confirm(made.finnish, made.johanna).is_noted_by_broker
    with pytest.raises(WrongStateError):
        confirm(made.finnish, made.aino)


def test_third_party_belongs_to_neither_side(made):
    stated = agreement(made, stated=True)
    colleague = factories.broker("Basia Lis", organisation=made.polish.host)
    everywhere = factories.person("Ott Tamm", role=RoleCode.STAFF, organisation=None)
    factories.member(everywhere, made.finnish.host)
    analyst = factories.person("Kati Lepik", role=RoleCode.ANALYST)

    for by in (made.ana, made.jan, *map(factories.actor, (colleague, everywhere, analyst)), factories.BENCH):
        with pytest.raises(NotAllowedError):
            validate_agreement(agreement=stated, by=by)
    neutral = factories.actor(factories.broker("Kadri Tamm", organisation=factories.host("EE")))
    assert validate_agreement(agreement=stated, by=neutral).validated_at


def test_it_goes_back_with_a_question_and_comes_again(made):
    stated = agreement(made, stated=True)

    returned = return_agreement(agreement=stated, note="What does the Finnish firm gain?", by=third_party())

    assert state_of(returned) == State.RETURNED
    assert not Agreement.objects.to_validate().exists()
    with pytest.raises(WrongStateError):
        validate_agreement(agreement=returned, by=third_party())
    answered = write_agreement(cooperation=made.cooperation, values={"benefit": "Saw dust."}, by=made.ana)
    state(made, answered)
    assert Agreement.objects.to_validate().get() == answered


def test_who_acts_next_corrects_what_was_sent_back(made):
    stated = agreement(made, stated=True)

    return_agreement(agreement=stated, note="For how long?", by=third_party())

    now = Cooperation.objects.get()
    assert now.step_in_words == "Correct the agreement that was sent back"
    assert now.owner in made.brokers
    assert not now.is_step_of_others


def waiting(notice):
    rows = InboxItem.objects.filter(notice=f"matching.cooperation.{notice}", done_at=None)
    return {item.user.public_id for item in rows}


def test_own_yes_settles_what_waited_for_the_own_side(made):
    written = agreement(made)

    state_agreement(
        agreement=written, company=made.polish, signer="Jan", shown_hash=written.text_hash, by=made.jan
    )

    assert waiting("to_state") == {made.johanna.id, made.aino.id}


def test_corrected_words_settle_the_question_about_those_before(made):
    agreement(made)
    write_agreement(cooperation=made.cooperation, values={"subject": "Others."}, by=made.johanna)

    urgent = InboxItem.objects.filter(notice="matching.cooperation.to_state", done_at=None)

    assert {item.user.public_id for item in urgent} == {made.ana.id, made.jan.id, made.aino.id}
    assert urgent.count() == 3


def test_answer_settles_that_it_was_sent_back_and_the_next_question_is_told_anew(made):
    for number in range(2):
        stated = agreement(made, stated=True, subject=f"Boards, load {number}.")
        return_agreement(agreement=stated, note="What for?", by=third_party())
        assert waiting("returned") == {made.ana.id, made.johanna.id}
        written = write_agreement(
            cooperation=made.cooperation, values={"benefit": f"Much, {stated.version}."}, by=made.ana
        )
        assert waiting("returned") == set()
        state(made, written)
        assert waiting("to_state") == set()


def test_same_words_sent_again_after_a_question_are_not_confirmed_twice(made):
    staff = third_party()
    stated = agreement(made, stated=True)
    return_agreement(agreement=stated, note="Is that all?", by=staff)

    write_agreement(cooperation=made.cooperation, values={}, by=made.ana)

    assert waiting("to_state") == set()
    assert waiting("to_validate") == {staff.id}


def test_what_counts_does_not_change_any_more(made):
    counted = agreement(made, validated=True)
    acts = [
        lambda: write_agreement(cooperation=made.cooperation, values=agreed_values(), by=made.ana),
        lambda: attach_evidence(agreement=counted, file=scan(), by=made.ana),
        lambda: return_agreement(agreement=counted, note="No.", by=third_party()),
        lambda: validate_agreement(agreement=counted, by=third_party()),
    ]

    for act in acts:
        with pytest.raises(WrongStateError):
            act()


def test_story_needs_the_consent_of_both_firms(made):
    factories.consent(made.polish, Purpose.SUCCESS_STORY)
    with pytest.raises(BadInputError):
        agreement(made, is_publishable=True)
    factories.consent(made.finnish, Purpose.SUCCESS_STORY)

    told = agreement(made, validated=True, is_publishable=True)

    assert Agreement.objects.publishable().get() == told
    withdraw_consent(company=made.finnish, purpose=Purpose.SUCCESS_STORY, language="en", by=factories.BENCH)
    assert not Agreement.objects.publishable().exists()


def test_evidence_is_part_of_what_is_confirmed_and_takes_the_place_of_the_one_before(
    made, django_capture_on_commit_callbacks
):
    stated = agreement(made, stated=True)
    with django_capture_on_commit_callbacks(execute=True):
        first = attach_evidence(agreement=stated, file=scan(b"one"), by=made.jan).evidence
        changed = attach_evidence(agreement=stated, file=scan(b"two"), by=made.johanna)

    assert state_of(changed) == State.TO_STATE
    assert Attachment.objects.get().company == made.finnish
    assert not storage.path_of(first.stored_name).exists()


def test_evidence_is_read_by_both_sides_and_staff_and_both_firms_see_it(made):
    stated = agreement(made, stated=True)
    attach_evidence(agreement=stated, file=scan(), by=made.ana)
    found = Agreement.objects.select_related("evidence").get()
    state(made, found)
    neutral = factories.actor(factories.broker("Kadri Tamm", organisation=factories.host("EE")))

    for by in (made.jan, made.johanna, third_party()):
        assert read_evidence(agreement=found, by=by) == (b"%PDF-1.7", "application/pdf", "umowa.pdf")
    with pytest.raises(NotAllowedError):
        read_evidence(agreement=found, by=neutral)
    read = AuditRecord.objects.filter(event="matching.agreement.evidence_read")
    assert read.filter(company_id=made.finnish.public_id).count() == 3


@pytest.mark.django_db(transaction=True)
def test_words_are_not_changed_while_they_are_validated():
    made = pair()
    stated = agreement(made, stated=True)
    staff = third_party()
    ready = Barrier(2)

    def run(act):
        try:
            ready.wait(10)
            act()
        except DomainError:
            return 0
        finally:
            connection.close()
        return 1

    acts = [
        lambda: validate_agreement(agreement=stated, by=staff),
        lambda: write_agreement(cooperation=made.cooperation, values={"subject": "Other."}, by=made.ana),
    ]
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(run, acts))

    found = Agreement.objects.get()
    assert sum(done) == 1
    if found.validated_at:
        hashes = AgreementStatement.objects.filter(agreement=found).values_list("text_hash", flat=True)
        assert set(hashes) == {found.text_hash}


def test_project_staff_are_asked_to_validate_once_both_firms_confirmed(made):
    staff = third_party()
    confirmed = agreement(made, stated=True)

    asked = InboxItem.objects.get(notice="matching.cooperation.to_validate")
    assert (asked.user.public_id, asked.waits, asked.done_at) == (staff.id, True, None)
    assert asked.url == f"/agreements/{confirmed.public_id}/"
    assert Cooperation.objects.get().step_in_words == "Somebody of neither side validates the agreement"


def test_brokers_of_neither_side_hear_once_in_a_week_that_something_waits_for_them(made):
    kadri = factories.broker("Kadri Tamm", organisation=factories.host("EE")).membership.user
    gone = factories.broker("Ott Tamm", organisation=factories.host("LV")).membership.user
    User.objects.filter(pk=gone.pk).update(is_active=False)
    confirmed = agreement(made, stated=True)

    return_agreement(agreement=confirmed, note="Who pays?", by=third_party())
    state(made, write_agreement(cooperation=made.cooperation, values={"subject": "Ana pays."}, by=made.ana))

    told = InboxItem.objects.get(notice="matching.cooperation.some_to_validate")
    assert (told.user, told.url, told.waits) == (kadri, "/agreements/", False)


@pytest.mark.parametrize("end", ["validated", "returned", "corrected"])
def test_nobody_is_asked_to_validate_any_more(made, end):
    staff = third_party()
    confirmed = agreement(made, stated=True)

    if end == "validated":
        validate_agreement(agreement=confirmed, by=staff)
    elif end == "returned":
        return_agreement(agreement=confirmed, note="Who pays?", by=staff)
    else:
        values = agreed_values(subject="Other boards.")
        write_agreement(cooperation=made.cooperation, values=values, by=made.ana)

    assert not InboxItem.objects.filter(notice="matching.cooperation.to_validate").waiting().exists()


def test_firms_are_led_from_the_notice_to_the_words_that_they_confirm(made):
    written = agreement(made)

    asked = InboxItem.objects.filter(notice="matching.cooperation.to_state")
    assert {item.url for item in asked} == {f"/agreements/{written.public_id}/"}


def test_stale_form_replaces_nothing(made):
    read = agreement(made).version
    write_agreement(cooperation=made.cooperation, values={"subject": "By Johanna."}, by=made.johanna)

    with pytest.raises(ChangedMeanwhileError) as refused:
        write_agreement(
            cooperation=made.cooperation, values={"subject": "By Ana."}, version=read, by=made.ana
        )

    assert refused.value.current.subject == "By Johanna."
    again = write_agreement(
        cooperation=made.cooperation,
        values={"subject": "By both."},
        version=refused.value.current.version,
        by=made.ana,
    )
    assert again.subject == "By both."


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("carried", "kept"), [(True, 1), (False, 2)])
def test_of_two_who_correct_at_a_time_one_is_told_and_without_a_version_both_write(carried, kept):
    """The second row is the control: where no version is carried, the later one replaces the other unseen."""
    made = pair()
    read = agreement(made).version
    ready = Barrier(2)

    def run(by):
        try:
            ready.wait(10)
            write_agreement(
                cooperation=made.cooperation,
                values={"subject": f"By {by.name}."},
                version=read if carried else None,
                by=by,
            )
        except ChangedMeanwhileError:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(2) as pool:
        written = sum(pool.map(run, [made.ana, made.johanna]))

    assert written == kept
