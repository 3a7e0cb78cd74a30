"""Pages of cooperations, as the four people of them and a third party see them."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from companies.models import Attachment
from matching.choices import IntroductionStatus, MeetingStatus
from matching.models import Agreement, Cooperation, FollowUp, Meeting
from matching.services.agreements import write_agreement
from matching.services.cooperations import give_up
from matching.services.strategies import add_member, ask_for_signatures
from tests import factories
from tests.cooperating import agreement, meeting, strategy
from tests.introducing import introduction, side
from tests.uploads import PAYLOAD, bomb, pdf, picture
from tibs.accounts.models import User
from tibs.accounts.roles import RoleCode
from tibs.figures import LARGEST_FILE

pytestmark = pytest.mark.django_db


def client_of(actor):
    client = Client()
    client.force_login(User.objects.get(public_id=actor.id))
    return client


def words_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("who", ["ana", "jan", "johanna", "aino"])
def test_all_four_see_one_page_with_the_next_step_its_owner_and_its_day(made, who):
    page = words_of(
        client_of(getattr(made, who)).get(reverse("cooperation", args=[made.cooperation.public_id]))
    )

    assert "Stolarnia Dąb and Kymen Saha Oy" in page
    assert "Propose times for a first meeting" in page
    assert f"{made.brokers[0].name}, until" in page


def test_only_brokers_read_why_talks_ended(made):
    give_up(cooperation=made.cooperation, reason="trust", note="Canary of the note.", by=made.johanna)

    pages = {
        who: words_of(
            client_of(getattr(made, who)).get(reverse("cooperation", args=[made.cooperation.public_id]))
        )
        for who in ("ana", "johanna", "jan", "aino")
    }

    for who in ("ana", "johanna"):
        assert "Canary of the note." in pages[who]
        assert "Too little is known" in pages[who]
    for who in ("jan", "aino"):
        assert "The talks have ended without an agreement." in pages[who]
        assert "Canary" not in pages[who]
        assert "Too little is known" not in pages[who]


def test_firm_chooses_a_time_on_both_clocks_by_one_button(made):
    proposed = meeting(made)
    client = client_of(made.aino)
    page = client.get(reverse("cooperation", args=[made.cooperation.public_id])).content.decode()
    assert re.search(r"Poland, CES?T", page)
    assert re.search(r"Finland, EES?T", page)
    values = re.findall(r'name="slot"\s+value="([^"]+)"', page)
    assert len(values) == 3

    client.post(reverse("meeting_take", args=[proposed.public_id]), {"slot": values[1]})

    assert Meeting.objects.get().starts_at == proposed.slots[1]


def test_broker_proposes_on_the_own_clock(made):
    day = (timezone.now() + timedelta(days=40)).replace(month=7, day=15).date()
    day = day.replace(year=day.year + 1)
    times = {f"slot_{number}": f"{day}T{8 + number:02}:00" for number in (1, 2, 3)}

    client_of(made.ana).post(
        reverse("meeting_propose", args=[made.cooperation.public_id]), times | {"minutes_long": 45}
    )

    proposed = Meeting.objects.get()
    assert [f"{slot:%H:%M}" for slot in proposed.slots] == ["07:00", "08:00", "09:00"]  # UTC, in summer


@pytest.mark.parametrize(
    "times",
    [
        {},
        {"slot_1": "2031-03-30T02:30", "slot_2": "2031-03-31T09:00", "slot_3": "2031-04-01T09:00"},
        {"slot_1": "x" * 1000, "slot_2": "9999-99-99T99:99", "slot_3": "0001-01-01T00:00"},
        {"slot_1": "2031-03-31T09:00+02:00", "slot_2": "", "slot_3": "🤝"},
    ],
)
def test_times_that_mean_nothing_are_said_beside_the_field(made, times):
    answer = client_of(made.ana).post(
        reverse("meeting_propose", args=[made.cooperation.public_id]), times | {"minutes_long": "10" * 30}
    )

    assert answer.status_code == 400
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    "slot", ["", "x", "2031-01-01T00:00", "0001-01-01T00:00+23:59", "\u202e", "9" * 5000]
)
def test_slot_that_nobody_proposed_changes_nothing(made, slot):
    proposed = meeting(made)

    answer = client_of(made.aino).post(reverse("meeting_take", args=[proposed.public_id]), {"slot": slot})

    assert answer.status_code in {302, 400}
    assert Meeting.objects.get().status == MeetingStatus.PROPOSED


def test_calendar_file_is_offered_once_a_time_is_fixed(made):
    fixed = meeting(made, fixed=True)

    answer = client_of(made.jan).get(reverse("meeting_calendar", args=[fixed.public_id]))

    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Content-Disposition"] == f'attachment; filename="{fixed.public_id}.ics"'


def send(actor, row, content, name):
    file = SimpleUploadedFile("x", content)
    file._name = name  # Django would tidy the name; what arrives from outside is not tidy
    return client_of(actor).post(reverse("agreement_evidence", args=[row.public_id]), {"file": file})


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ\x90\x00" + bytes(300), "agreement.pdf", "Choose a PDF, PNG or JPEG file."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "logo.png", "Choose a PDF, PNG or JPEG"),
        (picture() + PAYLOAD, "page.png", "after the end of the file"),
        (pdf(script="app.alert(1)"), "form.pdf", "holds programs"),
        (bomb(310), "bomb.pdf", "packed so densely"),
        (pdf() + bytes(11_000_000), "large.pdf", "10 MB at most"),
        (b"", "empty.pdf", "The file is empty."),
        (pdf(), "agreement.exe", "something else than its content"),
    ],
    ids=["exe", "svg", "polyglot", "script", "bomb", "large", "empty", "ending"],
)
def test_hostile_upload_is_refused_with_a_sentence_and_nothing_is_kept(made, content, name, words):
    written = agreement(made)

    answer = send(made.jan, written, content, name)

    assert answer.status_code == 400
    assert words in words_of(answer)
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/cron.d/umowa.pdf", "umowa.pdf"),
        ("umo\u202ewa.pdf", "umowa.pdf"),
        ("zażółć.pdf", "zażółć.pdf"),
    ],
)
def test_file_is_handed_out_as_an_attachment_that_no_browser_opens(made, name, shown):
    written = agreement(made)

    assert send(made.jan, written, pdf(), name).status_code == 302
    answer = client_of(made.johanna).post(reverse("agreement_file", args=[written.public_id]))

    assert Attachment.objects.get().file_name == shown
    assert answer.content == pdf() or answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"


def test_upload_stops_growing_a_little_above_the_limit(made, monkeypatch):
    sizes = []
    monkeypatch.setattr(
        "matching.views.agreements.checked",
        lambda content, name: sizes.append(len(content)) or (_ for _ in ()).throw(RuntimeError),
    )
    client = client_of(made.jan)
    client.raise_request_exception = False

    client.post(
        reverse("agreement_evidence", args=[agreement(made).public_id]),
        {"file": SimpleUploadedFile("a.pdf", b"%PDF-" + bytes(3 * LARGEST_FILE))},
    )

    assert LARGEST_FILE < sizes[0] <= LARGEST_FILE + 200_000


def test_firm_confirms_the_words_that_its_page_shows(made):
    written = agreement(made)
    client = client_of(made.aino)
    page = client.get(reverse("agreement", args=[written.public_id])).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(shown_hash|company)" value="([^"]+)"', page))

    client.post(reverse("agreement_state", args=[written.public_id]), hidden | {"signer": "Aino Salo, owner"})

    assert written.statements.get().signer == "Aino Salo, owner"


def test_third_party_reads_words_without_names_of_people_and_brokers_without_those_of_firms(made):
    stated = agreement(made, stated=True)
    neutral = factories.actor(factories.broker("Kadri Tamm", organisation=factories.host("EE")))
    staff = factories.actor(factories.person("Signe Holm", role=RoleCode.STAFF))
    people = [*made.polish.contacts.all(), *made.finnish.contacts.all()]
    secrets = {person.email for person in people} | {made.jan.name, made.aino.name}
    pages = {
        who: [
            words_of(client_of(actor).get(reverse("agreement", args=[stated.public_id]))),
            words_of(client_of(actor).get(reverse("agreements_to_validate"))),
        ]
        for who, actor in (("neutral", neutral), ("staff", staff), ("party", made.ana))
    }

    assert all("Dried oak boards" in pages[who][0] for who in pages)
    assert made.jan.name in pages["party"][0]
    for page in pages["neutral"] + pages["staff"]:
        assert not any(secret in page for secret in secrets)
    for page in pages["neutral"]:
        assert "Kymen Saha" not in page
        assert "Stolarnia" not in page


def test_third_party_validates_by_a_button(made):
    stated = agreement(made, stated=True)
    staff = factories.actor(factories.person("Signe Holm", role=RoleCode.STAFF))

    client_of(staff).post(reverse("agreement_judge", args=[stated.public_id]), {"decision": "validate"})

    assert Agreement.objects.get().validated_by.public_id == staff.id


def test_follow_up_is_answered_by_a_plain_form_where_everything_may_be_left_out(made):
    agreement(made, validated=True, signed_date=timezone.localdate() - timedelta(days=200))
    due = FollowUp.objects.get(company=made.polish, months=6)
    client = client_of(made.jan)
    assert client.get(reverse("follow_up", args=[due.public_id])).status_code == 200

    client.post(
        reverse("follow_up", args=[due.public_id]), {"satisfaction": "4", "still_cooperating": "true"}
    )

    due.refresh_from_db()
    assert (due.satisfaction, due.still_cooperating, due.quality_improved) == (4, True, None)


@pytest.mark.parametrize("value", ["10" * 30, "-1", "x", "🤝", "\u202e7"])
def test_figures_that_are_none_are_refused_kindly(made, value):
    agreement(made, validated=True, signed_date=timezone.localdate() - timedelta(days=200))
    due = FollowUp.objects.get(company=made.polish, months=6)

    answer = client_of(made.jan).post(
        reverse("follow_up", args=[due.public_id]),
        {"jobs_created": value, "recommends": value, "satisfaction": value},
    )

    assert answer.status_code == 400
    assert not FollowUp.objects.exclude(done_at=None).exists()


def test_strategy_is_printed_and_signed_on_its_page(made):
    draft = strategy(made)
    ask_for_signatures(strategy=draft, by=made.ana)
    client = client_of(made.aino)
    page = client.get(reverse("strategy", args=[draft.public_id])).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(shown_hash|company)" value="([^"]+)"', page))

    client.post(reverse("strategy_sign", args=[draft.public_id]), hidden | {"signer": "Aino Salo"})

    assert draft.members.get(company=made.finnish).signer == "Aino Salo"
    printed = client.get(reverse("strategy_pdf", args=[draft.public_id]))
    assert printed.content.startswith(b"%PDF-")


def test_who_saves_second_sees_the_other_text_beside_the_own_one_and_may_save_again(made):
    written = agreement(made)
    url = reverse("agreement_write", args=[made.cooperation.public_id])
    client = client_of(made.ana)
    page = client.get(url).content.decode()
    read = re.search(r'name="version" value="(\d+)"', page).group(1)
    write_agreement(cooperation=made.cooperation, values={"subject": "By Johanna."}, by=made.johanna)
    typed = {
        "type": "supply", "subject": "By Ana.", "signed_date": "2026-03-31", "areas": ["INB"], "version": read
    }  # fmt: skip

    answer = client.post(url, typed)

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "By Johanna." in shown
    assert "By Ana." in shown
    typed["version"] = re.search(r'name="version" value="(\d+)"', shown).group(1)
    assert client.post(url, typed).status_code == 302
    written.refresh_from_db()
    assert written.subject == "By Ana."


def test_firm_that_nobody_introduced_is_a_country_on_page_and_paper_until_it_says_yes(made):
    third, offers = side("EE", "Eesti Kask OÜ")
    introduction(made.polish.profiles.get(), offers, status=IntroductionStatus.INTRODUCED)
    draft = strategy(made)
    add_member(strategy=draft, company=third, by=made.ana)
    url = reverse("strategy", args=[draft.public_id])
    client = client_of(made.aino)
    assert client.get(url).status_code == 404
    ask_for_signatures(strategy=draft, by=made.ana)
    before = words_of(client.get(url))
    person = Client()
    person.force_login(third.contacts.get().user)

    person.post(reverse("strategy_answer", args=[draft.public_id]), {"named": third.public_id})

    assert "Eesti Kask" not in before
    assert "A firm in Estonia" in before
    assert "You can sign once" in before
    assert "Eesti Kask" in words_of(client.get(url))


@pytest.mark.parametrize("value", ["", "x", "cmp_nobody", "\u202e", "9" * 5000])
def test_answer_for_no_firm_of_the_strategy_changes_nothing(made, value):
    draft = strategy(made)
    ask_for_signatures(strategy=draft, by=made.ana)
    url = reverse("strategy_answer", args=[draft.public_id])

    for name in ("named", "left"):
        assert client_of(made.aino).post(url, {name: value}).status_code == 400

    assert draft.members.count() == 2


def test_firm_leaves_and_the_lead_gives_up_by_a_button(made):
    draft = strategy(made)
    ask_for_signatures(strategy=draft, by=made.ana)

    left = client_of(made.aino).post(
        reverse("strategy_answer", args=[draft.public_id]), {"left": made.finnish.public_id}
    )
    client_of(made.ana).post(reverse("strategy_move", args=[draft.public_id]), {"give_up": "1"})

    assert left["Location"] == reverse("strategies")
    draft.refresh_from_db()
    assert (draft.status, draft.members.count()) == ("given_up", 1)


def test_firm_finds_its_partners_from_its_own_page(made):
    client = client_of(made.jan)
    home = client.get(reverse("own_company", args=[made.polish.public_id])).content.decode()

    assert reverse("own_partners", args=[made.polish.public_id]) in home
    assert "Kymen Saha Oy" in words_of(client.get(reverse("own_partners", args=[made.polish.public_id])))


def test_list_parts_what_is_open_mine_and_ended(made):
    Cooperation.objects.update(owner=made.brokers[1])
    client = client_of(made.ana)
    names = {
        shown: "Kymen Saha" in words_of(client.get(reverse("cooperations"), {"show": shown}))
        for shown in ("open", "mine", "ended", "\u202e")
    }

    assert names == {"open": True, "mine": False, "ended": False, "\u202e": True}
