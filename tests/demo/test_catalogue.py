"""Who uses the catalogue in the demonstration."""

from django.utils import timezone

from companies.choices import InterestStatus, Purpose
from companies.models import Company, Consent, ExpressionOfInterest, SavedSearch
from tests import factories
from tibs.demo.catalogue import visit_catalogue


def test_searches_are_saved_and_one_visitor_waits_while_another_is_with_a_broker(aleksandra, johanna):
    factories.country("DK")
    polish = factories.company("Stolarnia Dąb", host=factories.host("PL"), owner=aleksandra, source="demo")
    finnish = factories.company("Kymen Saha Oy", host=factories.host("FI"), owner=johanna, source="demo")
    factories.contact(finnish)
    factories.profile(polish)

    visit_catalogue("demo", timezone.now())

    assert SavedSearch.objects.filter(confirmed_at__isnull=False).count() == 3
    states = {one.status: one.company for one in ExpressionOfInterest.objects.all()}
    assert states == {InterestStatus.ROUTED: finnish, InterestStatus.WAITING: None}
    assert Consent.objects.in_force(Purpose.SYNDICATE).count() == 1
    assert Company.objects.count() == 2
