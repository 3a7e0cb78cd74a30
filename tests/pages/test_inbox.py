"""The inbox shows people what is theirs, newest first, and what they opened is read."""

import pytest
from django.utils import timezone

from tests.events.telling import ASKED, NEWS, tell
from tests.factories import contact, person
from tibs.events.models import InboxItem
from tibs.events.services.inbox import settle


@pytest.fixture
def ana(aleksandra_in_english, client):
    client.force_login(aleksandra_in_english)
    return aleksandra_in_english


def text_of(response):
    return " ".join(response.content.decode().split())


def test_notices_stand_under_their_company_and_what_waits_apart(client, ana, polish_company):
    tell(ana, NEWS, values={"company": "Somebody"})
    tell(ana, NEWS, values={"company": "Oak"}, company_id=polish_company.public_id)
    tell(ana, ASKED)

    page = text_of(client.get("/inbox/"))

    parts = [
        "Waits for you </h2>",
        "asks you",
        "Stolarnia Dąb",
        "Oak has news",
        "Other notices",
        "Somebody has",
    ]
    places = [page.index(part.replace(" </h2>", "</h2>")) for part in parts]
    assert places == sorted(places)
    assert page.count("asks you until 5 March 2026.</button>") == 1


def test_name_of_a_company_that_the_reader_may_not_see_is_not_shown(client, ana, finnish_company):
    tell(ana, NEWS, values={"company": "A firm"}, company_id=finnish_company.public_id)

    page = text_of(client.get("/inbox/"))

    assert "A firm has news." in page
    assert "Kymen Saha" not in page


def test_opening_a_notice_notes_it_and_leads_there(client, ana):
    item = tell(ana, NEWS, url="/companies/")

    response = client.post("/inbox/read/", {"open": item.public_id})

    item.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, "/companies/")
    assert item.read_at


def test_reading_the_page_changes_nothing(client, ana):
    tell(ana)

    client.get("/inbox/")

    assert InboxItem.objects.unread().count() == 1


def test_one_or_all_can_be_marked_as_read(client, ana):
    first, _second, _third = (tell(ana) for _ in range(3))

    client.post("/inbox/read/", {"item": first.public_id, "back": "/inbox/?show=unread"})
    one = InboxItem.objects.unread().count()
    client.post("/inbox/read/")

    assert (one, InboxItem.objects.unread().count()) == (2, 0)


def test_notice_of_somebody_else_is_not_there(client, ana):
    item = tell(person("Bo"))

    answers = [client.post("/inbox/read/", {name: item.public_id}).status_code for name in ("open", "item")]
    client.post("/inbox/read/")

    item.refresh_from_db()
    assert (answers, item.read_at) == ([404, 404], None)


@pytest.mark.parametrize("given", ["\x00", "ntc_", "9" * 30, "💥", "‮", "x" * 10_000])
def test_nonsense_is_refused_kindly(client, ana, given):
    answers = {
        client.post("/inbox/read/", {"open": given}).status_code,
        client.get("/inbox/", {"cursor": given, "show": given}).status_code,
    }

    assert answers <= {200, 400, 404}


def test_head_of_every_page_counts_what_is_unread(client, ana):
    old = tell(ana)
    for _ in range(2):
        tell(ana)
    client.post("/inbox/read/", {"item": old.public_id})

    page = text_of(client.get("/account/"))

    assert '<span class="inbox-link__count"> 2 <span' in page


def test_count_ends_at_ninety_nine(client, ana):
    InboxItem.objects.bulk_create(
        InboxItem(user=ana, key=f"k{number}", notice=NEWS.code, kind=NEWS.kind, url="/")
        for number in range(150)
    )

    assert "99+" in text_of(client.get("/account/"))


def test_settled_notice_waits_no_longer_and_is_not_new(client, ana):
    item = tell(ana, ASKED)
    settle(key=item.key, now=timezone.now())

    page = text_of(client.get("/inbox/"))

    assert "asks you" in page
    assert "Waits for you</h2>" not in page
    assert "notices__item--new" not in page


def test_views_show_what_is_unread_or_waits(client, ana):
    read = tell(ana, NEWS, values={"company": "Old"})
    client.post("/inbox/read/", {"item": read.public_id})
    tell(ana, NEWS, values={"company": "New"})
    tell(ana, ASKED)

    unread, waiting = (text_of(client.get(f"/inbox/?show={name}")) for name in ("unread", "waiting"))

    assert ("Old has" in unread, "New has" in unread, "asks you" in unread) == (False, True, True)
    assert ("New has" in waiting, "asks you" in waiting) == (False, True)


def test_person_of_a_firm_reads_it_in_their_language(client, polish_company):
    ewa = person("Ewa Lis", language="pl")
    contact(polish_company, user=ewa)
    client.force_login(ewa)
    tell(ewa, ASKED)

    assert "5 marca 2026" in text_of(client.get("/inbox/"))


def test_ten_thousand_notices_are_paged_by_keys(client, ana, django_assert_max_num_queries):
    InboxItem.objects.bulk_create(
        InboxItem(
            user=ana, key=f"k{number}", notice=NEWS.code, kind=NEWS.kind, url="/", values={"company": number}
        )
        for number in range(10_000)
    )

    with django_assert_max_num_queries(8):
        first = client.get("/inbox/")
    last = client.get("/inbox/" + first.context["links"].next)

    assert "9999 has news" in text_of(first)
    assert "9969 has news" in text_of(last)
    assert "9970 has news" not in text_of(last)
