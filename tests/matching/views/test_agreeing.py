"""The yes of a firm, and beside it the consent that the other broker reads its file: both hold, or neither does."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from brokers.models import Membership
from companies.choices import Purpose
from companies.consent_texts import text_hash, words_of
from companies.models import Company, Consent
from matching.handshake import Act, State
from matching.models import Introduction, IntroductionConsent
from matching.services.introductions import deciding
from matching.services.introductions.pausing import transfer
from tests import factories
from tests.matching.services.introductions import acting
from tests.matching.services.introductions.acting import begun
from tests.standing_scenes import standing

pytestmark = pytest.mark.django_db
SHARING = Purpose.SHARE_WITH_BROKER


@standing
def people():
    return acting.cast()


@standing
def asked(people):
    return acting.act(begun(people), Act.ASK, people)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def sent_from(client, url):
    """What a browser would send of the yes on that page, with both boxes ticked."""
    page = client.get(url).content.decode()
    hidden = re.findall(r'<input type="hidden" name="(agree-\w+)" value="([^"]*)"', page)
    return {**dict(hidden), "act": "agree", "agree-agreed": "on", "agree-share": "on"}


def own_page(introduction):
    return reverse("own_introduction", args=[introduction.public_id])


def shared():
    return Consent.objects.filter(purpose=SHARING)


def test_the_tick_names_the_broker_and_shows_the_words_of_the_consent(people, asked):
    page = html.unescape(client_of(people.sender_person).get(own_page(asked)).content.decode())

    host = people.receiver.company.host
    assert f"The named broker is Broker FI, {host.short_name}, Finland" in page
    assert f'<span lang="en">{words_of(SHARING, "en")}</span>' in page
    assert text_hash(SHARING, "en") in page


def test_a_broker_who_writes_it_down_reads_the_words_in_the_language_of_the_company(people, asked):
    Company.objects.update(language="pl")
    client, url = client_of(people.sender_broker), reverse("introduction", args=[asked.public_id])

    assert f'<span lang="pl">{words_of(SHARING, "pl")}</span>' in html.unescape(
        client.get(url).content.decode()
    )
    client.post(reverse("introduction_act", args=[asked.public_id, Act.AGREE]), sent_from(client, url))

    consent = shared().get()
    assert (consent.language, consent.is_noted_by_broker) == ("pl", True)
    assert consent.text_hash == text_hash(SHARING, "pl")


def test_the_yes_and_the_consent_are_given_at_once(people, asked):
    client = client_of(people.sender_person)

    answer = client.post(own_page(asked), sent_from(client, own_page(asked)))

    asked.refresh_from_db()
    consent = shared().get()
    assert answer.status_code == 302
    assert asked.status == State.COMPANY_AGREED
    assert consent.recipient_id == people.receiver_broker.public_id
    assert consent.text_hash == text_hash(SHARING, "en")


def test_without_the_tick_the_yes_stands_alone(people, asked):
    client = client_of(people.sender_person)
    sent = sent_from(client, own_page(asked))
    del sent["agree-share"]

    client.post(own_page(asked), sent)

    asked.refresh_from_db()
    assert asked.status == State.COMPANY_AGREED
    assert not shared().exists()


def other_broker(people, introduction):
    heir = factories.broker("Kaisa Ahto", organisation=people.receiver.company.host).membership.user
    host = factories.actor(
        factories.person("Chief", role="coordinator", organisation=people.receiver.company.host)
    )
    transfer(introduction=introduction, side="receiver", to=heir, by=host)


def broker_left(people, introduction):
    Membership.objects.filter(user=people.receiver_broker).update(ended_at=introduction.created_at)


REFUSED = {
    "the words were other ones": lambda sent: {**sent, "agree-share_shown": "0" * 64},
    "no words were shown": lambda sent: {**sent, "agree-share_shown": ""},
    "another broker was named": lambda sent: {**sent, "agree-share_with": "usr_somebodyelse"},
    "the texts were other ones": lambda sent: {**sent, "agree-shown": "0" * 64},
}


@pytest.mark.parametrize("why", REFUSED)
def test_refusing_the_consent_rolls_the_yes_back(people, asked, why):
    client = client_of(people.sender_person)

    answer = client.post(own_page(asked), REFUSED[why](sent_from(client, own_page(asked))))

    asked.refresh_from_db()
    assert answer.status_code == 400
    assert asked.status == State.DRAFT
    assert not IntroductionConsent.objects.exists()
    assert not shared().exists()
    # Asked anew, with what is true now.
    page = answer.content.decode()
    assert text_hash(SHARING, "en") in page
    assert "0" * 64 not in page
    assert "usr_somebodyelse" not in page


@pytest.mark.parametrize("change", [other_broker, broker_left])
def test_whoever_was_named_and_is_not_the_other_broker_any_more_gets_nothing(people, asked, change):
    client = client_of(people.sender_person)
    sent = sent_from(client, own_page(asked))
    change(people, asked)

    assert client.post(own_page(asked), sent).status_code == 400

    assert Introduction.objects.get().status == State.DRAFT
    assert not shared().exists()


def test_control_without_the_check_the_yes_would_stand_alone(people, asked, monkeypatch):
    monkeypatch.setattr(deciding, "_share", lambda *given: None)
    client = client_of(people.sender_person)

    client.post(own_page(asked), {**sent_from(client, own_page(asked)), "agree-share_shown": "0" * 64})

    assert Introduction.objects.get().status == State.COMPANY_AGREED
    assert not shared().exists()


def test_no_tick_is_offered_where_the_other_broker_cannot_be_given_it(people, asked):
    broker_left(people, asked)

    page = client_of(people.sender_person).get(own_page(asked)).content.decode()

    assert "agree-agreed" in page
    assert "agree-share" not in page


def test_no_tick_is_offered_for_what_was_given_before(people, asked):
    factories.consent(people.sender.company, SHARING, broker=people.receiver_broker)

    assert "agree-share" not in client_of(people.sender_person).get(own_page(asked)).content.decode()
