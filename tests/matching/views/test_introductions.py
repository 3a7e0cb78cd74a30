"""Pages of introductions: whatever is sent to them, nothing breaks and nothing that was written is lost."""

import html
import re
from datetime import timedelta
from urllib.parse import unquote, urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from companies.choices import ProfileStatus
from companies.models import CooperationProfile, ProfileText
from matching.handshake import Act, State
from matching.models import Introduction
from matching.services.introductions.grounds import words_hash
from matching.services.introductions.starting import start_from_interest
from tests import factories, introducing
from tests.matching.services.introductions import acting
from tests.matching.services.introductions.acting import TEXTS, begun, led_to
from tests.standing_scenes import standing

pytestmark = pytest.mark.django_db
WHOLE = TEXTS["presentation"]
HORRORS = {
    "nothing": "",
    "NUL": "\x00" + WHOLE,
    "a lone surrogate": "\ud800" + WHOLE,
    "emoji": "🪵" * 200,
    "right to left": "\u202eשלום עולם " * 20,
    "a huge number": "1" + "0" * 30,
    "markup": "<script>alert(1)</script>" * 8,
    "a megabyte": "x" * 1_000_000,
}
UNSTORABLE = {"NUL", "a lone surrogate"}


@standing
def people():
    return acting.cast()


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def post(client, url, data):
    """As a form sends it; a surrogate, which no browser could send, goes as its raw bytes."""
    raw = urlencode(data, errors="surrogatepass")
    return client.post(url, raw, content_type="application/x-www-form-urlencoded")


def texts_url(introduction):
    return reverse("introduction_texts", args=[introduction.public_id])


def act_url(introduction, act):
    return reverse("introduction_act", args=[introduction.public_id, act])


@pytest.mark.parametrize("is_known_only_from_facts", [True, False])
def test_before_and_in_a_draft_it_says_that_public_facts_go_no_further(people, is_known_only_from_facts):
    partner = factories.company("Stille Oy", host=people.receiver.company.host, owner=people.receiver_broker)
    make = factories.public_facts if is_known_only_from_facts else factories.profile
    match, client = factories.match(people.sender, make(partner)), client_of(people.sender_broker)
    before = client.get(reverse("introduction_new", args=[match.public_id]))
    client.post(before.request["PATH_INFO"])
    draft = Introduction.objects.get()
    client.post(texts_url(draft), {**TEXTS, "language": "en", "version": draft.version})

    page = client.get(reverse("introduction", args=[draft.public_id]))

    for answer in (before, page):
        assert ("known from public facts only" in answer.text) is is_known_only_from_facts
    assert ("Put the texts to the company" in page.text) is not is_known_only_from_facts


@pytest.mark.parametrize("horror", HORRORS)
def test_texts_are_kept_or_refused_and_shown_again(people, horror):
    draft, written = begun(people), HORRORS[horror]
    sent = {**TEXTS, "question": written, "language": "en", "version": draft.version}

    answer = post(client_of(people.sender_broker), texts_url(draft), sent)

    draft.refresh_from_db()
    assert answer.status_code in {302, 400}
    assert draft.presentation == TEXTS["presentation"].strip()
    if answer.status_code == 302:
        assert draft.question == written.encode("utf-8", "surrogatepass").decode("utf-8", "replace").strip()
        return
    assert draft.question == TEXTS["question"].strip()
    if horror not in UNSTORABLE:  # these no browser sends: they are refused before there is a form
        assert TEXTS["interest"].strip() in answer.content.decode()


MINE = "We would like to know whether you can dry two hundred cubic metres of oak each month for us. " * 2
THEIRS = "Could you say how thick your boards are, and how many of them you can plane for us each week? " * 2


def texts_of(page):
    """What a browser would send of the form on that page."""
    found = html.unescape(page.content.decode())
    areas = dict(re.findall(r'<textarea name="(\w+)"[^>]*>\s*(.*?)</textarea>', found, re.DOTALL))
    version = re.search(r'name="version" value="(\d*)"', found)
    return {**areas, "language": "en", "version": version[1] if version else ""}


def test_who_saves_second_reads_the_words_of_the_first_beside_their_own_and_can_save(people):
    draft, client = begun(people), client_of(people.sender_broker)
    mine = texts_of(client.get(texts_url(draft))) | {"question": MINE}
    theirs = {**mine, "question": THEIRS}
    assert client.post(texts_url(draft), theirs).status_code == 302

    refused = client.post(texts_url(draft), mine)

    draft.refresh_from_db()
    assert refused.status_code == 400
    assert draft.question == THEIRS.strip()
    page = html.unescape(refused.content.decode())
    assert "Somebody else changed this meanwhile" in page
    assert THEIRS.strip() in page.split("As it is saved now")[1].split("<form")[0]
    assert texts_of(refused)["question"].strip() == MINE.strip()
    assert client.post(texts_url(draft), texts_of(refused)).status_code == 302
    draft.refresh_from_db()
    assert draft.question == MINE.strip()


@pytest.mark.parametrize("what", [Act.HOLD, Act.SEND, Act.WITHDRAW])
def test_words_stay_on_the_page_where_the_introduction_has_moved_on_meanwhile(people, what):
    introduction, client = led_to(Act.AGREE, people), client_of(people.sender_broker)
    mine = texts_of(client.get(texts_url(introduction))) | {"question": MINE}
    until = timezone.localdate() + timedelta(days=3)
    acting.act(
        introduction,
        what,
        people,
        **{Act.HOLD: {"until": until}, Act.WITHDRAW: {"reason": "timing"}}.get(what, {}),
    )

    refused = client.post(texts_url(introduction), mine)

    page = html.unescape(refused.content.decode())
    assert refused.status_code == 400
    assert texts_of(refused)["question"].strip() == MINE.strip()
    assert "The introduction is not at this step any more." in page
    assert "These texts cannot be saved now" in page
    assert "Save the texts" not in page


def test_whoever_does_not_write_them_may_not_send_texts(people):
    draft = begun(people)
    colleague = factories.broker("Jan Kos", organisation=people.sender.company.host).membership.user

    sent = {**TEXTS, "language": "en", "version": draft.version}

    assert client_of(colleague).post(texts_url(draft), sent).status_code == 403


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 30, "1e9", "\x00"])
def test_a_version_that_is_none_is_refused(people, version):
    draft = begun(people)

    answer = post(
        client_of(people.sender_broker), texts_url(draft), {**TEXTS, "language": "en", "version": version}
    )

    assert answer.status_code == 400


@pytest.mark.parametrize("horror", HORRORS)
@pytest.mark.parametrize(
    ("act", "field", "who"),
    [
        (Act.DECLINE, "note", "receiver_broker"),
        (Act.DECLINE, "reason", "receiver_broker"),
        (Act.HOLD, "until", "receiver_broker"),
        (Act.ACCEPT, "shown", "receiver_broker"),
        (Act.TRANSFER, "to", "receiver_broker"),
        (Act.TRANSFER, "side", "receiver_broker"),
    ],
)
def test_no_act_breaks_on_what_is_sent_with_it(people, horror, act, field, who):
    introduction = led_to(Act.PUT, people)
    values = {"reason": "timing", "agreed": "on", "side": "receiver", "to": str(people.receiver_broker.pk)}
    values |= {field: HORRORS[horror]}
    prefix = "" if act is Act.TRANSFER else f"{act}-"

    answer = post(
        client_of(getattr(people, who)),
        act_url(introduction, act),
        {prefix + name: value for name, value in values.items()},
    )

    introduction.refresh_from_db()
    assert answer.status_code in {302, 400}
    assert introduction.status in ({State.WITH_PARTNER} if answer.status_code == 400 else {State.DECLINED})


@pytest.mark.parametrize("act", [Act.SEND, Act.ACKNOWLEDGE, Act.PUT, Act.INTRODUCE, Act.FEEDBACK, Act.RESUME])
def test_an_act_of_another_state_is_refused_and_changes_nothing(people, act):
    introduction = led_to(Act.PUT, people)
    before = Introduction.objects.values().get()

    for user in (people.sender_broker, people.receiver_broker):
        answer = client_of(user).post(act_url(introduction, act), {f"{act}-note": "They met."})
        assert answer.status_code in {400, 403}

    assert Introduction.objects.values().get() == before


@pytest.mark.parametrize("act", ["start", "expire", "stop", "nonsense", "x" * 5000])
def test_what_nobody_does_on_pages_is_not_found(people, act):
    introduction = led_to(Act.PUT, people)

    assert client_of(people.sender_broker).post(act_url(introduction, act)).status_code == 404


def test_people_of_another_firm_find_neither_the_page_nor_its_acts(people):
    introduction = led_to(Act.PUT, people)
    other, _profile = introducing.side("LV", "Rīgas Koks")
    stranger = other.contacts.get().user
    pages = (
        reverse("own_introduction", args=[introduction.public_id]),
        reverse("own_introductions", args=[people.sender.company.public_id]),
    )

    for page in pages:
        assert client_of(stranger).get(page).status_code == 404
    assert client_of(stranger).post(pages[0], {"act": "decline"}).status_code == 404
    assert client_of(other.owner).post(act_url(introduction, Act.DECLINE)).status_code in {403, 404}


@pytest.mark.parametrize("horror", HORRORS)
def test_the_page_of_a_firm_breaks_on_nothing_either(people, horror):
    introduction = led_to(Act.PUT, people)
    page = reverse("own_introduction", args=[introduction.public_id])
    client = client_of(people.receiver_person)

    assert post(client, page, {"act": HORRORS[horror]}).status_code in {400, 404}
    refused = post(client, page, {"act": "decline", "decline-reason": "", "decline-note": HORRORS[horror]})

    introduction.refresh_from_db()
    assert refused.status_code == 400
    assert introduction.status == State.WITH_PARTNER


@pytest.mark.parametrize("query", ["?cursor=\x00", "?cursor=" + "9" * 400, "?show=🪵&cursor=x", "?show=%00"])
def test_lists_show_their_beginning_where_an_address_makes_no_sense(people, query):
    led_to(Act.SEND, people)

    answer = client_of(people.receiver_broker).get(reverse("introductions") + query)

    assert answer.status_code == (400 if "\x00" in unquote(query) else 200)


def test_a_colleague_may_read_and_may_not_act(people):
    introduction = led_to(Act.SEND, people)
    colleague = factories.broker("Kaisa Ahto", organisation=people.receiver.company.host).membership.user

    assert client_of(colleague).get(reverse("introduction", args=[introduction.public_id])).status_code == 200
    assert client_of(colleague).post(act_url(introduction, Act.ACKNOWLEDGE)).status_code == 403


@pytest.mark.parametrize(("status", "code"), [(ProfileStatus.PUBLISHED, 200), (ProfileStatus.DRAFT, 404)])
def test_an_old_match_leads_to_no_words_that_were_written_later(people, status, code):
    match, canary = factories.match(people.sender, people.receiver), "Kanaria Saha of Kotka"
    ProfileText.objects.filter(profile=people.receiver).update(offered=canary)
    CooperationProfile.objects.filter(pk=people.receiver.pk).update(status=status)

    answer = client_of(people.sender_broker).get(reverse("introduction_new", args=[match.public_id]))

    assert answer.status_code == code
    assert (canary in answer.content.decode()) is (code == 200)


def test_a_yes_to_older_words_is_asked_for_again_with_the_words_of_now(people):
    introduction = led_to(Act.PUT, people)
    stale = {"accept-shown": "0" * 64, "accept-agreed": "on"}

    answer = client_of(people.receiver_broker).post(act_url(introduction, Act.ACCEPT), stale)

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "The texts have changed meanwhile." in page
    assert words_hash(introduction) in page
    assert "0" * 64 not in page


def test_interest_that_is_taken_up_leads_to_its_introduction(people):
    visitor = factories.company("Nowa Firma", host=people.sender.company.host, owner=people.sender_broker)
    factories.contact(visitor)
    expression = acting.interest_of(people, visitor)
    client = client_of(people.sender_broker)
    begun_from_it = start_from_interest(expression=expression, by=people.actor("sender_broker"))
    address = reverse("introduction_from_interest", args=[expression.public_id])

    page = client.get(reverse("interest", args=[expression.public_id]))
    answer = client.get(address)

    assert f'href="{address}"' in page.text
    assert answer.url == reverse("introduction", args=[begun_from_it.public_id])
