"""The story as it stands in the database after it was told."""

from datetime import UTC, datetime

import pytest

from brokers.models import Broker
from companies.choices import ProfileStatus, Stage
from companies.models import Assessment, Company, CooperationProfile, ProfileText
from matching.choices import IntroductionStatus
from matching.models import Introduction
from tibs.core.languages import LANGUAGE_CODES
from tibs.demo.telling import tell
from tibs.events.models import AuditRecord

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_the_story_is_told_once_through_the_services():
    tell(now=NOW)
    told = Company.objects.count()
    records = AuditRecord.objects.count()

    tell(now=NOW)

    assert (Company.objects.count(), AuditRecord.objects.count()) == (told, records)
    assert told >= 120
    assert set(ProfileText.objects.filter(is_original=True).values_list("language", flat=True)) == set(
        LANGUAGE_CODES
    )
    assert all(
        Broker.objects.filter(regions__country_id=country).count() == 2 for country in ("PL", "FI", "LV")
    )
    assert (
        CooperationProfile.objects.published().count() == Company.objects.filter(stage=Stage.ACTIVE).count()
    )
    areas = Assessment.objects.order_by("company", "number").values_list("number", "chosen_area")
    assert sorted(areas) == [(0, ""), (0, "OPS"), (0, "PRC"), (1, "MKT")]
    assert set(Introduction.objects.values_list("status", flat=True)) == set(IntroductionStatus) - {
        IntroductionStatus.ACCEPTED,
        IntroductionStatus.EXPIRED,
    }
    drafts = CooperationProfile.objects.filter(status=ProfileStatus.DRAFT)
    assert drafts.exists()
    assert not drafts.filter(company__stage=Stage.ACTIVE).exists()
    assert records >= 4 * told, "each firm was added, got a contact, agreed and published"
