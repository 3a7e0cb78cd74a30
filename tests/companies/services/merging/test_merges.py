"""One company of two entries: everything goes along, the stricter consent counts, and undoing brings both back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.forms.models import model_to_dict
from django.utils import timezone

from companies.choices import Basis, Channel, MergeStatus, ProfileStatus, Purpose, Support
from companies.models import Company, Consent, Contact, Interaction, Message, NextStep, NotDuplicate
from companies.services.consents import withdraw_consent
from companies.services.merging.merges import ChangedEntryError, merge_companies
from companies.services.merging.moving import MOVES, STAYING
from companies.services.merging.undoing import undo_merge
from matching.models import Match
from matching.services.merges import BINDING
from tests import factories, introducing
from tests.factories import BENCH
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord

pytestmark = pytest.mark.django_db


def merged(kept, absorbed, by=BENCH, **values):
    merge = merge_companies(kept=kept, absorbed=absorbed, by=by, **values)
    kept.refresh_from_db()
    absorbed.refresh_from_db()
    return merge


def undone(merge, by=BENCH):
    problems = undo_merge(merge=merge, by=by)
    merge.kept.refresh_from_db()
    merge.absorbed.refresh_from_db()
    return problems


def step(company, what):
    return NextStep.objects.create(company=company, what=what, due_date=timezone.now().date())


def visit(company):
    return Interaction.objects.create(
        company=company,
        at=timezone.now(),
        channel=Channel.VISIT,
        hours=Decimal("1.5"),
        support=Support.ADVICE,
    )


def everything(company):
    """What there is to know about a company, without what counts changes."""
    facts = model_to_dict(Company.objects.get(pk=company.pk), exclude=["version"])
    rows = {move.label: list(move.rows_of(company).order_by("pk").values()) for move in MOVES}
    for entries in rows.values():
        for row in entries:
            row.pop("updated_at", None)
            row.pop("version", None)
    return facts, rows


def test_facts_that_only_the_other_entry_has_are_taken_and_the_others_stay(kept, absorbed, by):
    merged(kept, absorbed, by)

    assert kept.website == "https://kymensaha.fi"
    assert kept.staff_count == 12
    assert kept.name == "Kymen Saha Oy"
    assert kept.city == kept.host.city
    assert kept.web_domain == "kymensaha.fi"


def test_a_fact_that_both_have_is_the_others_where_that_was_chosen(kept, absorbed, by):
    merged(kept, absorbed, by, take={"city", "name"})

    assert (kept.name, kept.city, kept.name_key) == ("Kymensaha", "Kotka", "kymensaha")


def test_the_register_number_can_come_from_the_other_entry(kept, absorbed, by):
    Company.objects.filter(pk=absorbed.pk).update(register_number="2345678-0")

    merged(kept, absorbed, by, take={"register_number"})

    assert kept.register_number == "2345678-0"
    assert absorbed.register_number == ""


def test_what_belongs_to_the_entry_goes_along(kept, absorbed, by):
    contact, entry, open_step = factories.contact(absorbed), visit(absorbed), step(absorbed, "Call")
    profile = factories.draft(absorbed)
    message = Message.objects.create(company=absorbed, from_company=True, body="Hei", sent_at=timezone.now())

    merged(kept, absorbed, by)

    for thing in (contact, entry, open_step, profile, message):
        thing.refresh_from_db()
        assert thing.company == kept


def test_the_absorbed_entry_is_seen_by_nobody_and_found_as_the_kept_one(kept, absorbed, by):
    merge = merged(kept, absorbed, by)

    assert absorbed.merged_into == kept
    assert absorbed not in Company.objects.visible_to(by)
    assert merge.status == MergeStatus.MADE


def test_entries_merged_earlier_follow(kept, absorbed, by):
    first = factories.company("Saha", host=kept.host)
    merged(absorbed, first, by)

    merged(kept, absorbed, by)

    first.refresh_from_db()
    assert first.merged_into == kept


def test_a_person_of_both_entries_stays_once_and_keeps_the_account(kept, absorbed, by):
    account = factories.person("Matti Salo")
    mine = factories.contact(kept, "Matti Salo")
    theirs = factories.contact(absorbed, "Matti Salo", user=account)
    Contact.objects.filter(pk=theirs.pk).update(email=mine.email)

    merge = merged(kept, absorbed, by)

    assert [contact.user for contact in kept.contacts.all()] == [account]
    undone(merge)
    assert [contact.user for contact in kept.contacts.all()] == [None]
    assert [contact.user for contact in absorbed.contacts.all()] == [account]


def test_one_contact_is_asked_first_and_one_next_step_is_open(kept, absorbed, by):
    for company in (kept, absorbed):
        Contact.objects.filter(pk=factories.contact(company).pk).update(is_primary=True)
        step(company, "Call")

    merge = merged(kept, absorbed, by)

    assert kept.contacts.count() == 2
    assert kept.contacts.filter(is_primary=True).count() == 1
    assert kept.next_steps.count() == 1
    undone(merge)
    assert absorbed.contacts.filter(is_primary=True).count() == 1
    assert absorbed.next_steps.count() == 1


def test_public_facts_that_stay_behind_are_searched_no_more(kept, absorbed, by):
    mine, theirs = factories.public_facts(kept), factories.public_facts(absorbed)

    merge = merged(kept, absorbed, by)

    theirs.refresh_from_db()
    assert theirs.status == ProfileStatus.WITHDRAWN
    assert kept.profiles.filter(basis=Basis.PUBLIC_SOURCE).get() == mine
    undone(merge)
    theirs.refresh_from_db()
    assert theirs.status == ProfileStatus.PUBLISHED


@pytest.mark.parametrize("order", ["kept withdrew first", "absorbed withdrew first"])
def test_a_consent_that_either_entry_withdrew_is_withdrawn(kept, absorbed, by, order):
    withdrawing, giving = (kept, absorbed) if order.startswith("kept") else (absorbed, kept)
    factories.consent(withdrawing)
    withdraw_consent(company=withdrawing, purpose=Purpose.PUBLISH_ANONYMOUS, language="en", by=BENCH)
    factories.consent(giving)

    merge = merged(kept, absorbed, by)

    in_force = Consent.objects.in_force(Purpose.PUBLISH_ANONYMOUS)
    assert not in_force.filter(company=kept).exists()
    undone(merge)
    assert list(in_force.values_list("company", flat=True)) == [giving.pk]


def test_a_consent_that_one_entry_gave_and_the_other_was_never_asked_for_holds(kept, absorbed, by):
    factories.consent(absorbed)

    merged(kept, absorbed, by)

    assert Consent.objects.in_force(Purpose.PUBLISH_ANONYMOUS).get().company == kept


def test_brands_of_both_entries_are_known_of_the_company(kept, absorbed, by):
    Company.objects.filter(pk=kept.pk).update(brands=["Suchy Dąb", "Lumi"])
    Company.objects.filter(pk=absorbed.pk).update(brands=["Lumi", "Halny"])

    merged(kept, absorbed, by)

    assert kept.brands == ["Suchy Dąb", "Lumi", "Halny"]


def test_undoing_brings_both_entries_back_as_they_were(kept, absorbed, by):
    for company in (kept, absorbed):
        factories.contact(company)
        factories.profile(company)
        visit(company)
    now = timezone.now()
    Company.objects.filter(pk=absorbed.pk).update(
        first_published_at=now,
        answer_due_at=now + timedelta(days=2),
        previous_support=["een"],
        brands=["Lumi"],
    )
    absorbed.secondary_nace.add(factories.nace())
    before = everything(kept), everything(absorbed)

    problems = undone(merged(kept, absorbed, by, take={"city", "name"}), by)

    assert problems == []
    assert (everything(kept), everything(absorbed)) == before


def test_undoing_keeps_what_somebody_changed_since_and_says_so(kept, absorbed, by):
    contact = factories.contact(absorbed)
    merge = merged(kept, absorbed, by, take={"city"})
    Company.objects.filter(pk=kept.pk).update(city="Lahti")
    contact.delete()
    added = visit(kept)

    problems = undone(merge, by)

    assert problems == [
        "Town was changed since and stays as it is now.",
        "1 entry cannot go back: contacts.",
    ]
    added.refresh_from_db()
    kept.refresh_from_db()
    assert (kept.city, absorbed.city, added.company) == ("Lahti", "Kotka", kept)


def test_a_merge_is_undone_once_and_the_latest_first(kept, absorbed, by):
    first = factories.company("Saha", host=kept.host)
    earlier, later = merged(absorbed, first, by), merged(kept, absorbed, by)

    with pytest.raises(WrongStateError, match="Undo that merge first"):
        undo_merge(merge=earlier, by=by)
    undone(later, by)
    with pytest.raises(WrongStateError, match="undone already"):
        undo_merge(merge=later, by=by)
    assert undone(earlier, by) == []


def test_pairs_between_the_two_are_shown_no_more_and_come_back(kept, absorbed, polish_twin):
    mine, theirs = factories.profile(kept), factories.profile(polish_twin)
    match = factories.match(mine, theirs)

    merge = merged(kept, polish_twin)

    match.refresh_from_db()
    assert not match.is_current
    undone(merge)
    assert Match.objects.get().is_current


def test_a_change_after_the_preview_stops_the_merge(kept, absorbed, by):
    with pytest.raises(ChangedEntryError):
        merge_companies(kept=kept, absorbed=absorbed, by=by, versions=(kept.version, absorbed.version - 1))


def test_merging_twice_gives_the_merge_that_was_made(kept, absorbed, by):
    first = merged(kept, absorbed, by)

    assert merged(kept, absorbed, by) == first
    with pytest.raises(WrongStateError):
        merge_companies(kept=absorbed, absorbed=kept, by=by)


def test_a_company_is_not_merged_into_itself_nor_by_an_unknown_fact(kept, absorbed, by):
    with pytest.raises(BadInputError):
        merge_companies(kept=kept, absorbed=kept, by=by)
    with pytest.raises(BadInputError):
        merge_companies(kept=kept, absorbed=absorbed, by=by, take={"owner"})


def test_strangers_staff_and_the_firm_may_not_merge(kept, absorbed, aleksandra, signe):
    for person in (aleksandra, signe, factories.person("Eva Kask")):
        with pytest.raises(NotAllowedError):
            merge_companies(kept=kept, absorbed=absorbed, by=factories.actor(person))
    assert not Company.objects.exclude(merged_into=None).exists()


def test_an_administrator_may_merge_across_organisations(kept, polish_twin):
    administrator = factories.person("Ada Berg", role="administrator")

    merge = merged(kept, polish_twin, factories.actor(administrator))

    assert merge.made_by == administrator


def test_the_audit_trail_tells_both_entries_about_it(kept, absorbed, by):
    undone(merged(kept, absorbed, by), by)

    told = AuditRecord.objects.filter(event__startswith="companies.", actor_id=by.id)
    assert [(record.event, record.company_id) for record in told.order_by("pk")] == [
        ("companies.merge.made", kept.public_id),
        ("companies.company.absorbed", absorbed.public_id),
        ("companies.merge.undone", kept.public_id),
        ("companies.company.restored", absorbed.public_id),
    ]


def test_every_model_that_belongs_to_a_company_goes_along_or_is_known_to_stay():
    belonging = {
        model._meta.label_lower
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Company
    }

    bound = {model._meta.label_lower for model in BINDING}
    assert belonging == {move.label for move in MOVES} | STAYING | bound


def test_notes_about_pairs_stay(kept, absorbed, polish_twin, by):
    first, second = sorted((absorbed, polish_twin), key=lambda company: company.pk)
    NotDuplicate.objects.create(first=first, second=second)

    merged(kept, absorbed, by)

    assert NotDuplicate.objects.filter(first=first, second=second).exists()


def test_an_entry_with_introductions_is_the_one_to_keep(kept, absorbed, by):
    absorbed.owner = kept.owner or factories.person("Jan Kos", organisation=absorbed.host)
    absorbed.save()
    _, partner = introducing.side("FI", "Kymen Saha Oy")
    introducing.introduction(factories.profile(absorbed), partner, owner=absorbed.owner)

    with pytest.raises(WrongStateError, match="Keep it"):
        merged(kept, absorbed, by)
