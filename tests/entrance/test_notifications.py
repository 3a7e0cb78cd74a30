"""Each person chooses which letters come, and ends them with one click."""

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tibs.core.errors import BadInputError, NotAllowedError
from tibs.entrance.services.notifications import choose_letters
from tibs.events.models import AuditRecord, MailWhen, NoticeKind, Preference
from tibs.events.preferences import choices_of
from tibs.events.unsubscribing import DIGEST, SALT, unsubscribe_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def ewa():
    return factories.person("Ewa Lis")


def chosen(user):
    return {str(kind): str(choice.mail) for kind, choice in choices_of([user.pk])[user.pk].items()}


def test_page_shows_what_holds_and_keeps_the_choice(client, ewa):
    client.force_login(ewa)
    page = client.get("/account/notifications/")

    values = dict.fromkeys(NoticeKind.values, "at_once") | {"leads": "never", "matches": "daily"}
    answer = client.post("/account/notifications/", {f"mail-{kind}": when for kind, when in values.items()})

    assert b"once a week" in page.content
    assert answer.status_code == 302
    assert chosen(ewa) == values
    assert Preference.objects.count() == 2
    assert AuditRecord.objects.get(event="accounts.letters.chosen").fields == ["leads", "matches"]


def test_choice_that_is_none_is_refused_and_shown(client, ewa):
    client.force_login(ewa)

    answer = client.post("/account/notifications/", {"mail-leads": "hourly"})

    assert answer.status_code == 200
    assert answer.context["form"].errors["leads"]
    with pytest.raises(BadInputError):
        choose_letters(user=ewa, choices={"leads": "hourly"}, by=factories.actor(ewa))


def test_nobody_chooses_for_somebody_else(ewa):
    other = factories.actor(factories.person("Bo"))

    with pytest.raises(NotAllowedError):
        choose_letters(user=ewa, choices={"leads": "never"}, by=other)


def test_reading_the_link_changes_nothing_and_its_post_acts_without_signing_in(ewa):
    path, visitor = unsubscribe_path(ewa, "leads"), Client(enforce_csrf_checks=True)

    page = visitor.get(path)
    before = chosen(ewa)["leads"]
    answers = [visitor.post(path, {"List-Unsubscribe": "One-Click"}).status_code for _ in range(2)]

    assert (page.status_code, before, answers) == (200, "at_once", [200, 200])
    assert chosen(ewa) == dict.fromkeys(NoticeKind.values, "at_once") | {"leads": "never"}


def test_link_of_a_digest_ends_digests_and_leaves_what_waits(ewa):
    for kind, mail in (("matches", MailWhen.DAILY), ("profiles", MailWhen.WAITS), ("leads", MailWhen.NEVER)):
        Preference.objects.create(user=ewa, kind=kind, mail=mail)

    Client().post(unsubscribe_path(ewa, DIGEST))

    expected = {"matches": "never", "profiles": "waits", "leads": "never"}
    assert chosen(ewa) == dict.fromkeys(NoticeKind.values, "waits") | expected


def changed(path, ewa):
    return path[:-3] + "x" + path[-2:]


def new_address(path, ewa):
    ewa.email = "new@example.org"
    ewa.save()
    return path


def closed(path, ewa):
    ewa.is_active = False
    ewa.save()
    return path


def other_purpose(path, ewa):
    return f"/account/unsubscribe/{signing.dumps([ewa.public_id, 'leads', ''], salt='other')}/"


def other_kind(path, ewa):
    return f"/account/unsubscribe/{signing.dumps([ewa.public_id, 'money', ''], salt=SALT)}/"


def other_shape(path, ewa):
    return f"/account/unsubscribe/{signing.dumps({'a': 1}, salt=SALT)}/"


@pytest.mark.parametrize("spoil", [changed, new_address, closed, other_purpose, other_kind, other_shape])
def test_link_that_was_changed_or_revoked_is_dead(ewa, spoil):
    path = spoil(unsubscribe_path(ewa, "leads"), ewa)

    read, sent = Client().get(path), Client().post(path)

    assert [read.status_code, sent.status_code] == [404, 404]
    assert reverse("account_notifications") in read.text
    assert not Preference.objects.exists()


def test_link_names_nobody(ewa):
    assert ewa.email not in unsubscribe_path(ewa, "leads")
    assert ewa.name.split()[0] not in unsubscribe_path(ewa, "leads")


def test_page_warns_whose_letters_came_back(client, ewa):
    ewa.mail_refused_at = timezone.now()
    ewa.save()
    client.force_login(ewa)

    assert b"came back" in client.get("/account/notifications/").content
