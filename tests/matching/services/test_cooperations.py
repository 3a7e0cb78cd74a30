"""Cooperations: opened by an introduction, never without a next step, ended by a reason."""

import pytest
from django.utils import timezone

from brokers.services.leaving import release
from companies.services.erasure import erase_company
from companies.services.ownership import hand_over
from matching.choices import CooperationStatus, DeclineReason, IntroductionStatus, MeetingStatus
from matching.models import Cooperation, Meeting
from matching.services.cooperations import Step, brokers_of, give_up, open_cooperation, set_step
from tests import factories
from tests.cooperating import meeting, step
from tests.introducing import introduction, side
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord, InboxItem

pytestmark = pytest.mark.django_db


def test_introduction_opens_one_cooperation_with_a_step_for_the_sending_broker(made):
    again = open_cooperation(made.cooperation.introduction, factories.BENCH)

    assert again == made.cooperation
    assert made.cooperation.owner == made.brokers[0]
    assert made.cooperation.next_step == "Propose times for a first meeting"
    assert made.cooperation.next_due_date > timezone.localdate()


def test_all_four_people_hear_that_they_can_meet_and_where(made):
    told = InboxItem.objects.filter(notice="matching.cooperation.opened")

    assert {item.user.public_id for item in told} == {
        by.id for by in (made.ana, made.jan, made.johanna, made.aino)
    }
    assert {item.url for item in told} == {f"/cooperations/{made.cooperation.public_id}/"}


def test_both_firms_have_it_in_their_timelines(made):
    records = AuditRecord.objects.filter(event="matching.cooperation.opened")

    assert set(records.values_list("company_id", flat=True)) == {
        made.polish.public_id,
        made.finnish.public_id,
    }


def test_either_broker_sets_the_next_step_and_the_other_one_is_told(made):
    set_step(cooperation=made.cooperation, step=step(made), by=made.ana)

    changed = Cooperation.objects.get()
    assert (changed.next_step, changed.owner) == ("Send the samples", made.brokers[1])
    assert InboxItem.objects.get(notice="matching.cooperation.step_given").user == made.brokers[1]


def test_step_has_a_text_a_day_and_one_of_the_two_brokers(made):
    today = timezone.localdate()
    stranger = factories.broker("Basia Lis", organisation=made.polish.host).membership.user

    for wrong in (Step("  ", today, made.brokers[0]), Step("Call", today, stranger)):
        with pytest.raises(BadInputError):
            set_step(cooperation=made.cooperation, step=wrong, by=made.ana)


def test_firms_and_strangers_do_not_set_steps(made):
    outsider = factories.broker("Kadri Tamm", organisation=factories.host("EE"))

    for by in (made.jan, made.aino, factories.actor(outsider)):
        with pytest.raises(NotAllowedError):
            set_step(cooperation=made.cooperation, step=step(made), by=by)


def test_talks_end_with_a_reason_and_everybody_is_told(made):
    planned = meeting(made, fixed=True)

    give_up(cooperation=made.cooperation, reason=DeclineReason.PRICE, note="Too far apart.", by=made.johanna)

    ended = Cooperation.objects.get()
    assert (ended.status, ended.no_deal_reason) == (CooperationStatus.NO_DEAL, DeclineReason.PRICE)
    assert (ended.next_step, ended.next_due_date) == ("", None)
    assert Meeting.objects.get(pk=planned.pk).status == MeetingStatus.CANCELLED
    assert InboxItem.objects.filter(notice="matching.cooperation.no_deal").count() == 3
    assert not InboxItem.objects.filter(waits=True, done_at=None).exists()


def test_end_needs_a_reason_of_the_list_and_happens_once(made):
    with pytest.raises(BadInputError):
        give_up(cooperation=made.cooperation, reason="", by=made.ana)
    give_up(cooperation=made.cooperation, reason=DeclineReason.OTHER, by=made.ana)

    with pytest.raises(WrongStateError):
        give_up(cooperation=made.cooperation, reason=DeclineReason.OTHER, by=made.ana)
    with pytest.raises(WrongStateError):
        set_step(cooperation=made.cooperation, step=step(made), by=made.ana)


def test_who_leaves_hands_open_talks_over(made):
    heir = factories.broker("Basia Lis", organisation=made.polish.host).membership.user
    release(
        user=made.brokers[0],
        organisation=made.polish.host,
        successor=heir,
        by=factories.BENCH,
        now=timezone.now(),
    )

    assert Cooperation.objects.get().owner == heir


def test_who_takes_a_firm_over_takes_over_its_talks(made):
    heir = factories.broker("Basia Lis", organisation=made.polish.host).membership.user

    hand_over(company=made.polish, to=heir, by=factories.BENCH)

    assert Cooperation.objects.get().owner == heir


def test_who_introduced_the_firm_of_a_colleague_acts_next_until_it_is_handed_over(db):
    polish, offers = side("PL", "Stolarnia Dąb")
    _finnish, seeks = side("FI", "Kymen Saha Oy")
    colleague, heir = (
        factories.broker(name, organisation=polish.host).membership.user for name in ("Basia Lis", "Ola Maj")
    )
    values = {"status": IntroductionStatus.INTRODUCED, "sender_broker": colleague}

    opened = open_cooperation(introduction(offers, seeks, **values), factories.BENCH)

    assert opened.owner == colleague
    assert colleague in brokers_of(opened)
    hand_over(company=polish, to=heir, by=factories.BENCH)
    assert Cooperation.objects.get().owner == heir


def test_erasure_of_a_firm_ends_its_talks_and_blanks_their_words(made):
    set_step(cooperation=made.cooperation, step=step(made, "Call Jan Kos"), by=made.ana)

    erase_company(company=made.polish, by=factories.BENCH, reason="asked")

    ended = Cooperation.objects.get()
    assert (ended.status, ended.next_step, ended.no_deal_note) == (CooperationStatus.NO_DEAL, "", "")


def test_partner_of_an_erased_firm_hears_that_talks_and_meeting_are_off(made):
    planned = meeting(made, fixed=True)

    erase_company(company=made.polish, by=factories.BENCH, reason="asked")

    assert Meeting.objects.get(pk=planned.pk).status == MeetingStatus.CANCELLED
    for notice in ("no_deal", "meeting_cancelled"):
        told = InboxItem.objects.filter(notice=f"matching.cooperation.{notice}", done_at=None)
        assert {made.johanna.id, made.aino.id} <= {item.user.public_id for item in told}
        assert not any("Stolarnia" in str(item.values) for item in told)


def test_reason_and_note_stay_out_of_what_both_sides_are_told(made):
    give_up(cooperation=made.cooperation, reason=DeclineReason.TRUST, note="Canary.", by=made.johanna)

    told = [str(item.values) for item in InboxItem.objects.all()]
    told += [str(row.facts) for row in AuditRecord.objects.filter(event="matching.cooperation.given_up")]
    assert not any("Canary" in one or "trust" in one for one in told)
