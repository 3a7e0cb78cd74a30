"""A call for proposals takes interest until a day; its profile ends with that day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from companies.choices import InterestEnd, InterestStatus
from companies.models import CooperationProfile, ExpressionOfInterest, ResearchCall
from companies.services.call_clock import close_calls
from companies.services.expressions import Interest, confirm_interest, express_interest
from companies.services.interest_checks import answer_interest, ask_for_interest, link_of
from tests import factories
from tests.letters import letters_to
from tests.publishing import publish_at_once
from tibs.core.errors import WrongStateError
from tibs.events.models import AuditRecord, InboxItem
from tibs.figures import STILL_INTERESTED_EVERY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
STATEMENT = "We test proteins for makers of food in all of Finland. " * 3


@pytest.fixture
def last():
    """The last day on which the call takes interest."""
    return timezone.now().date() + 10 * DAY


@pytest.fixture
def over(last):
    """The first moment after it, wherever the company is."""
    return datetime.combine(last + DAY, datetime.min.time(), UTC)


@pytest.fixture
def profile(polish_company, ewa, aleksandra, last):
    made = factories.profile(polish_company, type="RDR")
    called(made, last)
    return made


def called(profile, last: date) -> None:
    ResearchCall.objects.create(
        profile=profile,
        programme="Horizon Europe",
        title="Proteins",
        interest_until=last,
        closing_date=last + 30 * DAY,
    )


def written(profile, now, page: str = "one") -> ExpressionOfInterest:
    said = Interest(
        organisation_name="Saimaan Saha Oy",
        country=factories.country("FI"),
        name="Aino Salo",
        email=f"{page}@saimaa.example",
        presentation=STATEMENT,
        interest=STATEMENT,
    )
    return express_interest(
        profile=profile, said=said, form_token=page, language="en", network="192.0.2.1", now=now
    )


def token_of(address: str) -> str:
    return letters_to(address)[-1][1].split("/interest/confirm/")[1].split("/")[0]


def told(user):
    return list(InboxItem.objects.filter(user=user).order_by("pk").values_list("notice", flat=True))


def now_is():
    return CooperationProfile.objects.get()


def test_on_its_last_day_the_call_still_takes_interest(profile, over):
    assert close_calls(now=over - timedelta(seconds=1)) == 0
    assert written(now_is(), over - timedelta(hours=6)).pk


def test_profile_is_closed_with_its_call_and_broker_and_firm_hear_of_it_once(profile, over, ewa, aleksandra):
    assert [close_calls(now=over) for _ in range(2)] == [1, 0]

    assert not now_is().open_for_interest
    assert told(aleksandra) == ["companies.interest.call_over"]
    assert told(ewa)[-1] == "companies.interest.own_call_over"
    assert AuditRecord.objects.filter(event="companies.interest.ended").count() == 1


def test_other_profiles_stay_open(profile, over, finnish_company):
    other = factories.profile(finnish_company)
    CooperationProfile.objects.filter(pk=profile.pk).update(type="BO")

    assert close_calls(now=over) == 0
    assert CooperationProfile.objects.get(pk=other.pk).open_for_interest


def test_visitor_is_refused_kindly_from_that_moment_on_even_before_the_sweep(profile, over, last):
    written(profile, over - DAY)

    with pytest.raises(WrongStateError, match="took expressions of interest until") as refused:
        written(now_is(), over, "two")
    with pytest.raises(WrongStateError, match="took expressions of interest until"):
        confirm_interest(token=token_of("one@saimaa.example"), now=over)

    assert str(last.year) in str(refused.value)


def test_interest_that_nobody_took_up_ends_with_a_letter_and_its_broker_hears(profile, over, johanna):
    written(profile, over - 3 * DAY)
    waiting = confirm_interest(token=token_of("one@saimaa.example"), now=over - 3 * DAY)
    taken_up = written(profile, over - 3 * DAY, "two")
    ExpressionOfInterest.objects.filter(pk=taken_up.pk).update(
        status=InterestStatus.TAKEN_UP, company=waiting.company
    )
    before = told(johanna)

    assert [close_calls(now=over) for _ in range(2)] == [2, 0]

    waiting.refresh_from_db()
    assert (waiting.status, waiting.close_reason) == (InterestStatus.CLOSED, InterestEnd.CALL_CLOSED)
    assert "takes no interest any more" in letters_to("one@saimaa.example")[-1][1]
    assert told(johanna) == [*before, "companies.expression.call_over"]
    about_it = InboxItem.objects.filter(user=johanna, notice__startswith="companies.expression.")
    assert not about_it.filter(done_at=None, waits=True).exists()
    taken_up.refresh_from_db()
    assert taken_up.status == InterestStatus.TAKEN_UP


def test_firm_cannot_open_it_again_and_is_asked_no_more(profile, over, ewa):
    CooperationProfile.objects.update(published_at=over - STILL_INTERESTED_EVERY - DAY)
    ask_for_interest(now=over - timedelta(hours=1))
    close_calls(now=over)

    with pytest.raises(WrongStateError, match="took expressions of interest until"):
        answer_interest(profile=profile, is_interested=True, by=factories.actor(ewa), now=over)

    assert not InboxItem.objects.filter(notice="companies.interest.asked", done_at=None).exists()
    assert not now_is().open_for_interest


def test_what_is_published_after_the_day_is_closed_from_the_start(polish_company):
    factories.consent(polish_company)
    draft = factories.draft(polish_company, type="RDR")
    called(draft, timezone.now().date() - 2 * DAY)

    assert not publish_at_once(draft, by=factories.BENCH).open_for_interest


def test_pages_say_why_and_offer_no_button_that_does_nothing(client, profile, ewa, aleksandra_in_english):
    ResearchCall.objects.update(interest_until=timezone.now().date() - 2 * DAY)
    close_calls(now=timezone.now())
    pages = {
        f"/p/{profile.reference}": "/interest/",
        link_of(profile): 'name="interest"',
        f"/mine/profiles/{profile.public_id}/": 'name="interest"',
        f"/profiles/{profile.public_id}/publication/": 'value="interested"',
    }
    readers = [None, None, ewa, aleksandra_in_english]

    for (address, button), reader in zip(pages.items(), readers, strict=True):
        if reader:
            client.force_login(reader)
        page = client.get(address).text
        assert ("took expressions of interest until" in page, button in page) == (True, False), address
