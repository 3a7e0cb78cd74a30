"""The page of contact data: the people of the other firm and the two brokers, while both firms are there."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brokers.models import Broker
from companies.choices import Stage
from companies.models import Company
from matching.handshake import Act
from tests.matching.services.introductions import acting
from tests.matching.services.introductions.acting import led_to
from tests.standing_scenes import standing

pytestmark = pytest.mark.django_db


@standing
def people():
    return acting.cast()


def shown_to(introduction, user):
    name = "own_introduction_contacts" if user.contacts.exists() else "introduction_contacts"
    client = Client()
    client.force_login(user)
    return client.post(reverse(name, args=[introduction.public_id]))


@pytest.mark.parametrize("who", ["sender_broker", "sender_person", "receiver_broker", "receiver_person"])
def test_each_of_the_four_reads_how_to_reach_the_brokers(people, who):
    introduction = led_to(Act.ACCEPT, people)
    Broker.objects.update(phone="+48 22 555 01 01")
    reader = getattr(people, who)

    page = shown_to(introduction, reader).content.decode()

    for broker in {people.sender_broker, people.receiver_broker} - {reader}:
        assert f"mailto:{broker.email}" in page
        assert broker.name in page
    assert "tel:+48 22 555 01 01" in page
    assert f"mailto:{reader.email}" not in page


@pytest.mark.parametrize("change", [{"stage": Stage.WITHDRAWN}, {"erased_at": timezone.now()}])
@pytest.mark.parametrize("side", ["sender", "receiver"])
def test_nobody_reads_them_once_a_side_has_left(people, side, change):
    introduction = led_to(Act.ACCEPT, people)

    Company.objects.filter(pk=getattr(people, side).company.pk).update(**change)

    for who in ("sender_broker", "receiver_broker", "receiver_person"):
        assert shown_to(introduction, getattr(people, who)).status_code in {403, 404}


def test_control_while_both_are_there_each_reads_them(people):
    introduction = led_to(Act.ACCEPT, people)

    for who in ("sender_broker", "receiver_broker", "receiver_person"):
        assert shown_to(introduction, getattr(people, who)).status_code == 200
