import pytest

from companies.choices import Purpose
from companies.consent_texts import text_hash
from companies.models import Consent, CooperationProfile
from companies.services.consents import give_consent, withdraw_consent
from tests import factories
from tibs.core.errors import BadInputError, NotAllowedError
from tibs.events.models import AuditRecord

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
