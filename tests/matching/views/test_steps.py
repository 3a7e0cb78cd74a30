"""Forms of what comes next between two firms: TIBS' own steps stay its own."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from matching.forms.cooperations import StepForm
from matching.forms.meetings import MinutesForm
from matching.models import Meeting
from matching.models.cooperation import PROPOSE
from tests.cooperating import agreement, begun, meeting

pytestmark = pytest.mark.django_db


def sent(made, what):
    day = timezone.localdate() + timedelta(days=7)
    data = {"what": what, "due_date": day.isoformat(), "owner": str(made.brokers[1].pk)}
    return RequestFactory().post("/", data).POST


def test_step_of_tibs_that_got_another_day_is_still_said_in_every_language(made):
    with override("pl"):
        shown = StepForm(cooperation=made.cooperation).initial["what"]
        form = StepForm(sent(made, shown), cooperation=made.cooperation)

        assert shown != PROPOSE
        assert form.is_valid(), form.errors
        assert form.step().what == PROPOSE


def test_step_in_words_of_a_broker_is_kept_as_it_was_written(made):
    form = StepForm(sent(made, "Send the samples"), cooperation=made.cooperation)

    assert form.is_valid(), form.errors
    assert form.step().what == "Send the samples"


def test_minutes_ask_for_a_new_step_and_day(made):
    initial = MinutesForm(cooperation=made.cooperation).initial

    assert (initial["what"], initial["due_date"]) == ("", None)


def test_minutes_of_a_meeting_that_an_agreement_overtook_ask_for_no_step(made):
    fixed = meeting(made, fixed=True)
    agreement(made, validated=True)
    begun(fixed)
    page, minutes = (
        reverse("cooperation", args=[made.cooperation.public_id]),
        reverse("meeting_minutes", args=[fixed.public_id]),
    )
    client = Client()
    client.force_login(made.brokers[0])

    assert f'href="{minutes}"' in client.get(page).text
    assert 'name="what"' not in client.get(minutes).text
    client.post(minutes, {"minutes": "They saw the first load.", "channel": "visit"})

    assert Meeting.objects.get().minutes == "They saw the first load."
    assert f'href="{minutes}"' not in client.get(page).text
