"""Interest of visitors in published profiles: written, confirmed, with their own broker, closed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from brokers.models import Membership
from companies.choices import InterestEnd, InterestStatus, Purpose
from companies.models import Company, Contact, CooperationProfile, ExpressionOfInterest
from companies.services import expressions
from companies.services.consents import withdraw_consent
from companies.services.expressions import (
    Interest,
    InterestLinkTooOldError,
    LeftOutError,
    SameCountryError,
    close_interest,
    confirm_interest,
    express_interest,
)
from companies.services.retention import take_what_is_due
from tests import factories
from tests.letters import letters_to
from tests.standing_scenes import standing
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.core.secrets import digest_of
from tibs.events.models import InboxItem

STATEMENT = "We saw birch for makers of furniture in all of Finland. " * 3


@standing
def profile(polish_company):
    """A Polish profile that Finnish visitors read."""
    return factories.profile(polish_company)


def said(**changes) -> Interest:
    given = {
        "organisation_name": "Saimaan Saha Oy",
        "country": factories.country("FI"),
        "name": "Aino Salo",
        "email": "aino@saimaa.example",
        "presentation": STATEMENT,
        "interest": STATEMENT,
    }
    return Interest(**(given | changes))


def written(profile, *, page: str = "page one", **changes) -> ExpressionOfInterest:
    options = {name: changes.pop(name) for name in ("is_trapped", "now") if name in changes}
    return express_interest(
        profile=profile, said=said(**changes), form_token=page, language="fi", network="192.0.2.1", **options
    )


def link_of(address: str = "aino@saimaa.example") -> str:
    """The token in the newest letter to the address."""
    _, words = letters_to(address)[-1]
    return words.split("/interest/confirm/")[1].split("/")[0]


def confirmed(profile, **changes) -> ExpressionOfInterest:
    address = written(profile, **changes).email
    return confirm_interest(token=link_of(address))


def test_visitor_is_asked_by_letter_and_nobody_else_is_told(profile, johanna):
    made = written(profile)

    assert made.status == InterestStatus.WAITING
    [(subject, _words)] = letters_to("aino@saimaa.example")
    assert str(profile.reference) in subject
    assert made.confirm_digest == digest_of(link_of())
    assert not InboxItem.objects.exists()
    assert Company.objects.count() == 1


def test_page_that_is_sent_twice_makes_one_expression_and_one_letter(profile):
    first = written(profile)

    assert written(profile) == first
    assert len(letters_to("aino@saimaa.example")) == 1


def test_what_a_program_filled_in_gets_no_letter(profile):
    written(profile, is_trapped=True)

    assert letters_to("aino@saimaa.example") == []


def test_firm_of_the_same_country_is_told_kindly(profile):
    with pytest.raises(SameCountryError) as refused:
        written(profile, country=factories.country("PL"))

    assert "country" in refused.value.fields
    assert not ExpressionOfInterest.objects.exists()


def test_visitor_of_a_country_that_the_profile_leaves_out_is_told_kindly_before_and_after_the_letter(profile):
    written(profile)
    CooperationProfile.objects.update(excluded_countries=["FI"])
    profile.refresh_from_db()

    with pytest.raises(LeftOutError) as refused:
        written(profile, page="page two")
    with pytest.raises(LeftOutError):
        confirm_interest(token=link_of())

    assert "country" in refused.value.fields
    assert Company.objects.count() == 1


def test_profile_that_takes_no_interest_refuses_it_before_and_after_the_letter(profile, johanna):
    written(profile)
    CooperationProfile.objects.update(open_for_interest=False)

    with pytest.raises(WrongStateError):
        written(profile, page="page two")
    with pytest.raises(WrongStateError):
        confirm_interest(token=link_of())

    assert Company.objects.count() == 1


def test_text_that_is_too_long_is_refused_and_never_cut(profile):
    with pytest.raises(BadInputError) as refused:
        written(profile, question="x" * 601)

    assert "question" in refused.value.fields


def test_confirmed_interest_of_a_new_firm_becomes_a_lead_of_the_visitors_own_country(profile, johanna):
    expression = confirmed(profile)

    company = expression.company
    assert company.country_id == "FI"
    assert company.source == "interest"
    assert company.proposed_owner == johanna
    assert expression.status == InterestStatus.ROUTED
    assert expression.due_at > timezone.now()
    contact = Contact.objects.get(company=company)
    assert (contact.email, contact.name) == ("aino@saimaa.example", "Aino Salo")


def test_postcode_leads_to_the_broker_of_the_visitors_own_region(profile, johanna):
    kouvola = factories.region_of("FI", "FI1D", "FI1D1")
    factories.postcode("FI", "45", kouvola)
    near = factories.broker("Tiina Laine", organisation=factories.host("FI"))
    near.regions.add(kouvola)

    company = confirmed(profile, postcode="45100").company

    assert (company.postcode, company.region) == ("45100", kouvola)
    assert company.proposed_owner == near.membership.user


def test_postcode_of_nowhere_is_refused(profile, johanna):
    with pytest.raises(BadInputError) as refused:
        written(profile, postcode="00-000")

    assert list(refused.value.fields) == ["postcode"]
    assert not ExpressionOfInterest.objects.exists()


def told() -> InboxItem:
    """The one notice of the interest; that of the new firm comes beside it."""
    return InboxItem.objects.get(notice="companies.expression.arrived")


def test_broker_of_the_visitor_is_told_and_the_side_of_the_profile_is_not(profile, johanna, aleksandra):
    expression = confirmed(profile)

    assert not InboxItem.objects.exclude(user=johanna).exists()
    item = told()
    assert item.user == johanna
    assert item.waits
    assert item.url == f"/interest/{expression.public_id}/"
    assert "Saimaan Saha Oy" not in "".join(words for _, words in letters_to(aleksandra.email))


def test_known_address_leads_to_the_company_and_its_broker(profile, johanna, finnish_company):
    contact = factories.contact(finnish_company, "Aino Salo")

    expression = confirmed(profile, email=contact.email, organisation_name="Something else")

    assert expression.company == finnish_company
    assert InboxItem.objects.get().user == johanna
    assert Company.objects.count() == 2


@pytest.mark.parametrize("name", ["Kymen Saha Oy", "KYMEN SAHA", "Kymen  Saha oy"])
def test_name_alone_proves_nothing_and_makes_a_lead_that_may_be_known(profile, finnish_company, name):
    company = confirmed(profile, organisation_name=name).company

    assert company != finnish_company
    note = next(fact for fact in company.routing_facts if fact["code"] == "may_be_known")
    assert note["companies"] == [finnish_company.public_id]


def test_visitor_gets_one_letter_that_says_who_answers(profile, johanna):
    confirmed(profile)

    [_asked, (subject, words)] = letters_to("aino@saimaa.example")
    assert str(profile.reference) in subject
    assert johanna.name in words
    assert "Saimaan Saha" not in words


def test_letter_to_an_address_that_nobody_proved_holds_no_words_of_a_stranger(profile):
    written(profile, name="Buy at spam.example")

    [(_subject, words)] = letters_to("aino@saimaa.example")
    assert "spam.example" not in words


def test_same_name_in_another_country_is_another_firm(profile, finnish_company, johanna):
    factories.broker("Ilze Bērziņa", organisation=factories.host("LV"))

    expression = confirmed(
        profile, organisation_name="Kymen Saha Oy", country=factories.country("LV"), email="a@b.example"
    )

    assert expression.company != finnish_company


def test_confirmed_twice_changes_nothing(profile, johanna):
    written(profile)
    token = link_of()
    first = confirm_interest(token=token)

    assert confirm_interest(token=token) == first
    assert told()
    assert Company.objects.filter(source="interest").count() == 1


def test_link_ends_after_a_week(profile, johanna):
    written(profile)

    with pytest.raises(InterestLinkTooOldError):
        confirm_interest(token=link_of(), now=timezone.now() + timedelta(days=7, minutes=1))
    with pytest.raises(InterestLinkTooOldError):
        confirm_interest(token="guess")


def test_withdrawn_consent_between_letter_and_click_stops_it(profile, polish_company, johanna):
    written(profile)
    withdraw_consent(
        company=polish_company, purpose=Purpose.PUBLISH_ANONYMOUS, language="en", by=factories.BENCH
    )

    with pytest.raises(WrongStateError):
        confirm_interest(token=link_of())


def test_what_nobody_confirms_vanishes_after_a_week_and_not_before(profile, johanna):
    written(profile)
    kept = confirmed(profile, page="page two", email="other@saimaa.example")

    take_what_is_due(timezone.now() + timedelta(days=6, hours=23))
    assert ExpressionOfInterest.objects.count() == 2

    take_what_is_due(timezone.now() + timedelta(days=7, minutes=1))
    assert list(ExpressionOfInterest.objects.all()) == [kept]


@pytest.mark.parametrize("reason", InterestEnd)
def test_closing_needs_a_reason_and_tells_the_visitor_politely(profile, johanna, finnish_company, reason):
    expression = confirmed(profile, email=factories.contact(finnish_company, "Aino Salo").email)

    closed = close_interest(expression=expression, reason=reason, by=factories.actor(johanna))

    assert (closed.status, closed.close_reason, closed.closed_by) == (InterestStatus.CLOSED, reason, johanna)
    assert InboxItem.objects.get().done_at
    subject, _words = letters_to(expression.email)[-1]
    assert str(profile.reference) in subject
    with pytest.raises(WrongStateError):
        close_interest(expression=expression, reason=reason, by=factories.actor(johanna))


def test_only_the_visitors_own_side_closes_it(profile, johanna, finnish_company, aleksandra):
    expression = confirmed(profile, email=factories.contact(finnish_company, "Aino Salo").email)

    with pytest.raises(NotAllowedError):
        close_interest(expression=expression, reason=InterestEnd.NO_FIT, by=factories.actor(aleksandra))


def test_side_of_the_profile_does_not_see_it(profile, johanna, finnish_company, aleksandra):
    confirmed(profile, email=factories.contact(finnish_company, "Aino Salo").email)

    seen = ExpressionOfInterest.objects.visible_to
    assert not seen(factories.actor(aleksandra)).exists()
    assert seen(factories.actor(johanna)).count() == 1


class TestAtOnce:
    """Fifty clicks on one link, in real transactions."""

    pytestmark = pytest.mark.django_db(transaction=True)
    CLICKS = 50

    @pytest.fixture
    def token(self):
        host = factories.host("PL")
        firm = factories.company("Stolarnia Dąb", host=host)
        factories.broker("Johanna Virtanen", organisation=factories.host("FI"))
        written(factories.profile(firm))
        return link_of()

    def click(self, token: str, clicks: int) -> list[object]:
        start = Barrier(clicks)

        def run(_number):
            try:
                start.wait(timeout=30)
                return confirm_interest(token=token).status
            except Exception as error:
                return type(error).__name__
            finally:
                connection.close()

        with ThreadPoolExecutor(clicks) as pool:
            return list(pool.map(run, range(clicks)))

    def test_fifty_clicks_make_one_lead(self, token):
        results = self.click(token, self.CLICKS)

        assert set(results) == {InterestStatus.ROUTED}
        assert Company.objects.filter(source="interest").count() == 1
        assert told()

    def test_without_the_lock_they_make_several(self, token, monkeypatch):
        """The control: two that read at the same moment both believe to be the first."""
        both_have_read = Barrier(2)
        read = expressions.interest_of_link

        def unlocked(token, now, *, for_update=False):
            found = read(token, now)
            both_have_read.wait(timeout=10)
            return found

        monkeypatch.setattr(expressions, "interest_of_link", unlocked)
        self.click(token, 2)

        assert Company.objects.filter(source="interest").count() == 2


def test_broker_who_left_is_not_told(profile, johanna, finnish_company):
    Membership.objects.filter(user=johanna).update(ended_at=timezone.now())

    expression = confirmed(profile)

    assert expression.company.proposed_owner != johanna
