from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from companies.choices import Purpose
from companies.consent_texts import TEXTS, text_hash
from companies.ledger import ledger_of
from companies.models import Company, Consent, CooperationProfile
from companies.selectors import consents_expiring, consents_in_force
from companies.services.consents import give_consent, withdraw_consent
from tests import factories
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.core.months import months_after
from tibs.events.models import AuditRecord
from tibs.figures import CONSENT_LIFE_MONTHS

pytestmark = pytest.mark.django_db
PUBLISH = Purpose.PUBLISH_ANONYMOUS


def give(company, purpose=PUBLISH, language="pl", by=factories.BENCH):
    return give_consent(company=company, purpose=purpose, language=language, by=by)


def withdraw(company, purpose=PUBLISH, by=factories.BENCH):
    return withdraw_consent(company=company, purpose=purpose, language="pl", by=by)


def holds(company, purpose=PUBLISH):
    return Consent.objects.in_force(purpose).filter(company=company).exists()


def test_consent_keeps_what_was_shown_when_and_to_whom(polish_company, aleksandra):
    consent = give(polish_company, by=factories.actor(aleksandra))

    assert (consent.text_hash, consent.language) == (text_hash(PUBLISH, "pl"), "pl")
    assert consent.actor_id == aleksandra.public_id


def test_consent_holds_until_it_is_withdrawn_and_again_when_given_again(polish_company):
    answers = [holds(polish_company)]
    for step in (give, withdraw, give):
        step(polish_company)
        answers.append(holds(polish_company))

    assert answers == [False, True, False, True]
    assert Consent.objects.count() == 3


def test_consents_of_other_companies_and_purposes_do_not_count(polish_company, finnish_company):
    give(polish_company)
    give(finnish_company, Purpose.SURVEYS)
    withdraw(polish_company, Purpose.SURVEYS)

    assert holds(polish_company)
    assert not holds(finnish_company)
    assert not holds(polish_company, Purpose.SURVEYS)


def test_both_ways_are_recorded(polish_company):
    give(polish_company)
    withdraw(polish_company)

    codes = (
        AuditRecord.objects.filter(facts={"purpose": PUBLISH}).order_by("id").values_list("event", flat=True)
    )
    assert list(codes) == ["companies.consent.given", "companies.consent.withdrawn"]


def test_withdrawal_hides_the_profile_at_once_and_giving_shows_it_again(polish_company, johanna):
    profile = factories.profile(polish_company)
    stranger = factories.actor(johanna)

    def seen():
        profiles = CooperationProfile.objects
        return [
            profile in lookup
            for lookup in (profiles.published(), profiles.matchable(), profiles.visible_to(stranger))
        ]

    before = seen()
    withdraw(polish_company)
    hidden = seen()
    give(polish_company)

    assert (before, hidden, seen()) == ([True] * 3, [False] * 3, [True] * 3)


def test_public_facts_do_not_rest_on_consent(polish_company):
    facts = factories.public_facts(polish_company)
    give(polish_company)
    withdraw(polish_company)

    assert list(CooperationProfile.objects.matchable()) == [facts]


def test_company_decides_for_itself_and_nobody_else(polish_company, johanna):
    ewa = factories.person("Ewa Lis")
    factories.contact(polish_company, user=ewa)

    give(polish_company, by=factories.actor(ewa))
    with pytest.raises(NotAllowedError):
        withdraw(polish_company, by=factories.actor(johanna))

    assert holds(polish_company)


def test_text_exists_in_the_eight_languages_only(polish_company):
    with pytest.raises(BadInputError) as refused:
        give(polish_company, language="sv")

    assert list(refused.value.fields) == ["language"]
    assert not Consent.objects.exists()


def test_consent_counts_for_two_years_and_not_a_moment_longer(polish_company):
    given = give(polish_company)
    ends = given.valid_until
    factories.profile(polish_company)

    assert (ends.year - given.at.year, ends.month, ends.day) == (2, given.at.month, given.at.day)
    assert given.is_in_force(ends - timedelta(seconds=1))
    assert not given.is_in_force(ends)


def test_ended_consent_hides_the_profile_like_a_withdrawal(polish_company, johanna):
    profile = factories.profile(polish_company)
    assert profile in CooperationProfile.objects.matchable()

    Consent.objects.update(valid_until=timezone.now() - timedelta(seconds=1))

    profiles = CooperationProfile.objects
    stranger = factories.actor(johanna)
    assert not holds(polish_company)
    assert consents_in_force(polish_company) == []
    for seen in (profiles.published(), profiles.matchable(), profiles.visible_to(stranger)):
        assert profile not in seen


def test_giving_again_before_the_end_counts_from_that_day(polish_company):
    first = give(polish_company)
    later = give_consent(
        company=polish_company,
        purpose=PUBLISH,
        language="pl",
        by=factories.BENCH,
        now=first.at + timedelta(days=700),
    )

    assert later.valid_until > first.valid_until
    assert [consent.pk for consent in consents_in_force(polish_company)] == [later.pk]


def test_file_is_shared_with_the_named_broker_and_no_other(polish_company, johanna):
    other = factories.broker("Mari Tamm", organisation=factories.host("EE")).membership.user
    sharing = Purpose.SHARE_WITH_BROKER
    share = {"company": polish_company, "purpose": sharing, "language": "pl", "by": factories.BENCH}

    give_consent(**share, recipient_id=johanna.public_id)
    give_consent(**share, recipient_id=other.public_id)
    withdraw_consent(**share, recipient_id=other.public_id)

    in_force = Consent.objects.in_force
    assert in_force(sharing, johanna.public_id).exists()
    assert not in_force(sharing, other.public_id).exists()
    assert not in_force(sharing).exists()


@pytest.mark.parametrize("recipient", ["", "usr_nobody", "own broker"])
def test_file_is_shared_with_a_broker_of_another_country_only(recipient, polish_company, aleksandra):
    recipient = aleksandra.public_id if recipient == "own broker" else recipient

    with pytest.raises(BadInputError):
        give_consent(
            company=polish_company,
            purpose=Purpose.SHARE_WITH_BROKER,
            language="pl",
            by=factories.BENCH,
            recipient_id=recipient,
        )


def test_other_purposes_name_no_broker(polish_company, johanna):
    with pytest.raises(BadInputError):
        give_consent(
            company=polish_company,
            purpose=PUBLISH,
            language="pl",
            by=factories.BENCH,
            recipient_id=johanna.public_id,
        )


def test_words_that_were_agreed_to_are_kept_when_the_text_changes(polish_company, monkeypatch):
    consent = give(polish_company, Purpose.SURVEYS, language="en")
    old = str(TEXTS[Purpose.SURVEYS])

    monkeypatch.setitem(TEXTS, Purpose.SURVEYS, gettext_lazy("We agree to something else."))

    ledger = ledger_of(polish_company, "en", timezone.now())
    (choice,) = [choice for choice in ledger.choices if choice.purpose == Purpose.SURVEYS]
    assert consent.has_old_text
    assert holds(polish_company, Purpose.SURVEYS)
    assert (choice.words, choice.agreed_words) == ("We agree to something else.", old)
    assert choice.wants_renewal


def test_text_that_changed_between_reading_and_clicking_is_refused(polish_company, monkeypatch):
    shown = text_hash(Purpose.SURVEYS, "en")
    monkeypatch.setitem(TEXTS, Purpose.SURVEYS, gettext_lazy("We agree to something else."))

    with pytest.raises(WrongStateError):
        give_consent(
            company=polish_company,
            purpose=Purpose.SURVEYS,
            language="en",
            by=factories.BENCH,
            shown_hash=shown,
        )

    assert not Consent.objects.exists()


def test_consent_says_whether_the_broker_wrote_it_down(polish_company, aleksandra):
    ewa = factories.person("Ewa Lis")
    factories.contact(polish_company, user=ewa)

    by_broker = give(polish_company, by=factories.actor(aleksandra))
    by_firm = give(polish_company, by=factories.actor(ewa))

    assert (by_broker.is_noted_by_broker, by_firm.is_noted_by_broker) == (True, False)


def test_consents_that_end_soon_are_found_unless_a_newer_decision_stands(polish_company, finnish_company):
    now = timezone.now()
    nearly = months_after(now, -CONSENT_LIFE_MONTHS) + timedelta(days=10)
    for company in (polish_company, finnish_company):
        give_consent(company=company, purpose=PUBLISH, language="en", by=factories.BENCH, now=nearly)
    give(finnish_company)

    found = consents_expiring(Company.objects.all(), now)

    assert [consent.company for consent in found] == [polish_company]
