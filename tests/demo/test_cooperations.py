"""The cooperations of the story: one in every state."""

from datetime import UTC, datetime

import pytest

from matching.agreement_words import State, state_of
from matching.choices import CooperationStatus, MeetingStatus
from matching.models import Agreement, Cooperation, FollowUp, JointStrategy, Meeting
from tibs.demo.telling import tell

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_there_is_one_in_every_state():
    tell(now=NOW)

    assert set(Cooperation.objects.values_list("status", flat=True)) == set(CooperationStatus)
    assert {MeetingStatus.PROPOSED, MeetingStatus.FIXED, MeetingStatus.HELD} <= set(
        Meeting.objects.values_list("status", flat=True)
    )
    agreements = Agreement.objects.select_related("cooperation__introduction", "evidence")
    assert {state_of(one) for one in agreements} == set(State) - {State.ENDED}
    assert FollowUp.objects.filter(done_at__isnull=False).exists()
    assert FollowUp.objects.filter(done_at=None, told_at__isnull=False).exists()
    assert JointStrategy.objects.get().status == "agreed"
