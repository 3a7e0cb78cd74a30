"""What happened to a company, as one list."""

from datetime import timedelta

import pytest
from django.utils import timezone

from companies.models import Company, Interaction, Message
from companies.services.merging.merges import merge_companies
from companies.services.ownership import hand_over
from companies.services.stages import move_stage
from matching.services.meetings import note_meeting
from matching.services.strategies import ask_for_signatures, change_strategy
from tests import factories
from tests.cooperating import begun, meeting, pair, step, strategy
from tests.standing_scenes import standing
from tibs.core.leases import MOST_ATTEMPTS
from tibs.events.models import Letter
from tibs.events.services.letters import write_letter
from tibs.pages.timeline import absorbed, timeline_of


@standing
def ana(aleksandra):
    return factories.actor(aleksandra)


def told(company, reader, **options):
    return [(entry.sentence, entry.detail) for entry in timeline_of(company, reader, **options).entries]


def test_events_contacts_letters_and_messages_stand_in_one_list(ana, aleksandra, polish_company):
    now = timezone.now()
    factories.interaction(polish_company, at=now)
    write_letter(
        template="company_handed_over",
        to="a@example.org",
        language="en",
        context={},
        company_id=polish_company.public_id,
    )
    Message.objects.create(
        company=polish_company, author=aleksandra, from_company=False, body="Hello", sent_at=timezone.now()
    )

    kinds = [entry.kind for entry in timeline_of(polish_company, ana).entries]

    assert kinds == ["message", "letter", "contact", "event"]


def test_a_letter_that_was_given_up_is_not_called_on_its_way(ana, polish_company):
    letter = write_letter(
        template="company_handed_over",
        to="a@example.org",
        language="en",
        context={},
        company_id=polish_company.public_id,
    )
    Letter.objects.filter(pk=letter.pk).update(attempts=MOST_ATTEMPTS, error="SMTPRecipientsRefused")

    assert told(polish_company, ana)[0] == ("A letter could not be sent.", "")


def test_an_entry_of_the_contact_log_stands_there_once_with_its_hours(ana, polish_company):
    factories.interaction(polish_company, people="Eva Kask")

    entry = timeline_of(polish_company, ana).entries[0]

    assert (entry.sentence, entry.detail) == ("Visit", "Assessment of needs · 1.5 h · Eva Kask")
    assert entry.text == "Saw the saw mill."
    assert "A contact was logged." not in [sentence for sentence, _detail in told(polish_company, ana)]


def test_moves_tell_from_where_to_where_and_why(ana, polish_company):
    move_stage(company=polish_company, to="dormant", by=ana, reason="They are busy.")

    assert told(polish_company, ana)[0] == (
        "The company moved to another stage.",
        "Active → Dormant · They are busy.",
    )


def test_a_hand_over_tells_to_whom(ana, polish_company):
    adam = factories.broker("Adam Lis", organisation=polish_company.host).membership.user
    hand_over(company=polish_company, to=adam, by=ana)

    assert ("Another broker took over the company.", "to Adam Lis") in told(polish_company, ana)


def test_the_next_step_is_told_with_its_day(ana, polish_company):
    factories.next_step(polish_company, "Call Eva", in_days=0)

    assert told(polish_company, ana)[0][1].startswith("Call Eva · until ")


def test_nobody_outside_the_organisation_reads_its_notes(signe, ana, polish_company):
    factories.interaction(polish_company)
    move_stage(company=polish_company, to="dormant", by=ana, reason="A secret.")

    seen = timeline_of(polish_company, factories.actor(signe)).entries

    assert {entry.kind for entry in seen} == {"event"}
    assert "A secret." not in str(seen)


def test_paging_by_keys_shows_each_thing_once_even_at_the_same_moment(ana, polish_company):
    same = timezone.now() - timedelta(days=1)
    for number in range(12):
        factories.interaction(polish_company, at=same, content=f"Entry {number}")
        Message.objects.create(company=polish_company, from_company=True, body=f"Body {number}", sent_at=same)
    whole = timeline_of(polish_company, ana, size=100)

    pages, cursor = [], ""
    while True:
        page = timeline_of(polish_company, ana, cursor, size=5)
        pages += page.entries
        if not (cursor := page.older):
            break

    assert pages == whole.entries
    assert len(pages) == len({(entry.kind, entry.at, entry.text, entry.sentence) for entry in pages})


@pytest.mark.parametrize("cursor", ["", "x", "ÿ", "💥", "e30", "MjAyNg", "x" * 100_000])
def test_a_broken_link_shows_the_newest(ana, polish_company, cursor):
    assert timeline_of(polish_company, ana, cursor) == timeline_of(polish_company, ana)


def test_it_costs_the_same_for_few_and_many(ana, polish_company, django_assert_num_queries):
    for number in range(30):
        factories.interaction(polish_company, content=f"Entry {number}")

    with django_assert_num_queries(5):
        timeline_of(polish_company, ana)


def test_the_story_of_a_merged_entry_goes_on_in_the_company_that_it_belongs_to(ana, polish_company):
    other = factories.company("Stolarnia Dab", host=polish_company.host)
    merge_companies(kept=polish_company, absorbed=other, by=factories.BENCH)

    for company in (polish_company, Company.objects.annotate(absorbed=absorbed()).get(pk=polish_company.pk)):
        sentences = [sentence for sentence, _detail in told(company, ana)]
        assert sentences.count("The company was added.") == 2


def test_merged_entries_that_are_annotated_cost_no_query(ana, polish_company, django_assert_num_queries):
    company = Company.objects.annotate(absorbed=absorbed()).get(pk=polish_company.pk)

    with django_assert_num_queries(4):
        timeline_of(company, ana)


@pytest.mark.django_db
def test_what_happened_several_times_on_end_is_told_once():
    made = pair()
    draft = strategy(made)
    ask_for_signatures(strategy=draft, by=made.ana)
    for word in ("waste", "dust", "noise"):
        change_strategy(strategy=draft, values={"goal": f"Saw without {word}."}, by=made.ana)

    entries = told(made.polish, made.ana)

    assert entries[0] == ("A joint strategy was changed.", "3 times")
    assert [sentence for sentence, _detail in entries].count("A joint strategy was changed.") == 1


@pytest.mark.django_db
def test_note_of_a_meeting_that_the_partner_s_broker_wrote_is_by_the_other_side():
    made = pair()
    planned = meeting(made, fixed=True)
    begun(planned)
    note_meeting(meeting=planned, minutes="Samples.", then=step(made), channel="video", by=made.ana)

    authors = {
        company: next(entry.who for entry in timeline_of(company, reader).entries if entry.kind == "contact")
        for company, reader in ((made.polish, made.ana), (made.finnish, made.johanna))
    }

    assert authors == {made.polish: made.ana.name, made.finnish: "The other side"}


def test_whoever_was_erased_left_their_notes_behind(ana, polish_company):
    Interaction.objects.filter(pk=factories.interaction(polish_company).pk).update(made_by=None)

    assert timeline_of(polish_company, ana).entries[0].who == "A person who left"


def test_letters_that_have_no_subject_yet_stand_there_as_one_line(ana, polish_company):
    for _ in range(3):
        write_letter(
            template="company_handed_over",
            to="a@example.org",
            language="en",
            context={},
            company_id=polish_company.public_id,
        )
    Letter.objects.filter(pk=Letter.objects.latest("pk").pk).update(subject="Oak", done_at=timezone.now())

    assert told(polish_company, ana)[:2] == [
        ("A letter was sent.", "Oak"),
        ("A letter is on its way.", "2 times"),
    ]
