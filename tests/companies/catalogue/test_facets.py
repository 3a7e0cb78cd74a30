"""Which profiles the counts of the catalogue count."""

from datetime import timedelta

from django.utils import timezone

from companies.catalogue.facets import counts_of
from companies.catalogue.search import Search, all_published
from companies.choices import TAKES_PART, Purpose, Stage
from companies.models import Company, Consent, CooperationProfile
from companies.services.consents import withdraw_consent
from companies.services.profiles import withdraw_profile
from tests import factories
from tests.factories import BENCH
from tests.standing_scenes import standing


@standing
def mixed(aleksandra):
    """Firms that agree, agreed anew, took it back, let it end, withdrew their profile or never said a word; and firms
    that rest, left, were refused, were erased or merged."""
    host = factories.host("PL")
    firms = [factories.company(f"Firm {number}", host=host, owner=aleksandra) for number in range(11)]
    profiles = [factories.profile(firm) for firm in firms]
    anonymous = {"purpose": Purpose.PUBLISH_ANONYMOUS, "language": "en", "by": BENCH}
    withdraw_consent(company=firms[1], **anonymous)
    factories.consent(firms[1])
    withdraw_consent(company=firms[2], **anonymous)
    Consent.objects.filter(company=firms[3]).update(valid_until=timezone.now() - timedelta(minutes=1))
    withdraw_profile(profile=profiles[4], by=BENCH)
    CooperationProfile.objects.filter(pk=profiles[5].pk).update(expires_at=timezone.now() - timedelta(days=1))
    factories.public_facts(factories.company("Silent", host=host))
    gone = [{"stage": stage} for stage in set(Stage) - set(TAKES_PART)]
    gone += [{"erased_at": timezone.now()}, {"merged_into": firms[0]}]
    for firm, values in zip(firms[6:], gone, strict=True):
        Company.objects.filter(pk=firm.pk).update(**values)
    return profiles


def test_they_are_the_published_ones(mixed):
    published = CooperationProfile.objects.published().order_by("pk")

    assert list(all_published().order_by("pk")) == list(published) == mixed[:2]
    assert counts_of(Search()).total == 2


def test_they_are_shown_as_long_as_their_firm_takes_part(mixed):
    """The control: each of the firms comes back as it was, and its profile with it."""
    firms = Company.objects.exclude(owner=None)
    firms.update(stage=Stage.ACTIVE, erased_at=None, merged_into=None)

    assert set(all_published()) == set(CooperationProfile.objects.published()) == {*mixed[:2], *mixed[6:]}


def test_percent_sign_in_a_stored_search_is_a_plain_letter(mixed):
    assert counts_of(Search(type=("100%s",))).total == 0
    assert counts_of(Search(cooperation=("%",), q="oak %")).total == 0
