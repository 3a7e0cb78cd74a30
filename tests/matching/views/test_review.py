"""The pages of the review: what waits, acting on it, comparing, and what is noted of what was shown."""

import csv
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from matching.choices import Choice, IntroductionStatus
from matching.models import Block, Impression, MatchDecision
from matching.services.decisions import Verdict, decide
from matching.services.labels import COLUMNS
from tests import factories
from tests.introducing import introduction, side
from tests.standing_scenes import standing


@standing
def pair(polish_company, finnish_company):
    return factories.match(factories.profile(polish_company), factories.profile(finnish_company))


@pytest.fixture
def signed_in(client, aleksandra_in_english):
    client.force_login(aleksandra_in_english)
    return client


def decide_url(match):
    return reverse("match_decide", args=[match.first.public_id, match.public_id])


def partner(match, number, **values):
    company = factories.company(f"Yritys {number}", host=factories.host("FI"))
    return factories.match(match.first, factories.profile(company), **values)


def test_a_match_waits_until_it_is_decided(signed_in, pair):
    address = reverse("match_review")
    assert "match__score" in signed_in.get(address).text

    sent = signed_in.post(decide_url(pair), {"choice": "shortlisted", "back": address}, follow=True)

    assert "Nothing waits for a look" in sent.text
    assert "The partner is on the shortlist" in sent.text
    assert "On the shortlist" in signed_in.get(reverse("match_shortlist")).text


def test_a_dismissal_without_a_reason_is_told_and_changes_nothing(signed_in, pair):
    sent = signed_in.post(decide_url(pair), {"choice": "dismissed"}, follow=True)

    assert "Say why the match is not relevant" in sent.text
    assert not MatchDecision.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"choice": "nonsense"},
        {"choice": "dismissed", "reason": "nonsense"},
        {"choice": "dismissed", "reason": "other", "note": "ą" * 100_000},
        {"choice": "shortlisted", "back": "https://elsewhere.example/"},
    ],
)
def test_odd_input_leads_back_and_never_elsewhere(signed_in, pair, data):
    sent = signed_in.post(decide_url(pair), data)

    assert sent.status_code == 302
    assert sent["Location"].startswith("/")


def test_a_dismissed_partner_can_be_blocked_and_taken_back(signed_in, pair):
    signed_in.post(
        decide_url(pair), {"choice": "dismissed", "reason": "known", "note": "Brothers.", "blocks": "on"}
    )
    listed = signed_in.get(reverse("match_shortlist", query={"show": "dismissed"})).text

    assert "They know each other" in listed
    assert "Brothers." in listed
    assert Block.objects.in_force().exists()
    signed_in.post(decide_url(pair), {"choice": "undo"})
    assert not Block.objects.in_force().exists()
    assert not MatchDecision.objects.exists()


def test_a_changed_match_says_what_was_decided_and_what_changed(signed_in, pair, aleksandra):
    decide(
        match=pair,
        profile=pair.first,
        verdict=Verdict(Choice.DISMISSED, "size"),
        by=factories.actor(aleksandra),
    )
    MatchDecision.objects.update(score=0.1)

    text = signed_in.get(reverse("match_review")).text

    assert "Not relevant: Size does not fit." in text
    assert "The score has risen since." in text


def test_the_card_says_how_much_the_partner_can_still_carry(signed_in, pair):
    _other, elsewhere = side("DE", "Tischlerei")
    introduction(elsewhere, pair.second, status=IntroductionStatus.SENT)

    text = signed_in.get(reverse("match_review")).text

    assert "1 of 10 introductions open" in text
    assert "Tischlerei" not in text


def test_the_queue_of_one_profile_and_of_a_foreign_one(signed_in, pair, johanna):
    own = reverse("match_review", query={"profile": pair.first.public_id})
    foreign = reverse("match_review", query={"profile": pair.second.public_id})

    assert "match__score" in signed_in.get(own).text
    assert signed_in.get(foreign).status_code == 404


@pytest.mark.parametrize("cursor", ["broken", "🪵", "a" * 5000])
def test_a_broken_link_into_the_queue_shows_its_beginning(signed_in, pair, cursor):
    answer = signed_in.get(reverse("match_review"), {"cursor": cursor})

    assert answer.status_code == 400
    assert "match__score" in answer.text


def test_what_is_shown_is_noted_once_a_day_for_each_reader(signed_in, pair):
    for _ in range(2):
        signed_in.get(reverse("match_review"))
        signed_in.get(reverse("profile_matches", args=[pair.first.public_id]))

    noted = Impression.objects.get()
    assert (noted.match, noted.profile, noted.rank, noted.score) == (pair, pair.first, 1, pair.score)
    assert noted.parts == pair.parts
    assert noted.weights == pair.run.weights


def test_labels_hold_the_parts_and_the_decision_and_nobody(signed_in, pair, aleksandra):
    signed_in.get(reverse("match_review"))
    signed_in.post(decide_url(pair), {"choice": "dismissed", "reason": "size", "note": "canary"})
    out = StringIO()

    call_command("export_labels", stdout=out)

    (row,) = csv.DictReader(StringIO(out.getvalue()))
    assert list(row) == COLUMNS
    assert (row["decision"], row["reason"], row["side"]) == ("dismissed", "size", "first")
    assert float(row["seeks_text"]) == pytest.approx(0.4)
    assert float(row["offers_text"]) == pytest.approx(0.2)
    assert "canary" not in out.getvalue()
    assert aleksandra.name not in out.getvalue()


def compare_url(match, *others):
    codes = [one.public_id for one in (match, *others)]
    return reverse("match_compare", args=[match.first.public_id], query={"m": codes})


def test_partners_stand_side_by_side_in_the_order_of_the_address(signed_in, pair):
    other = partner(pair, 1, forward=0.6)

    answer = signed_in.get(compare_url(other, pair))

    lines = {line.label: line for _title, lines in answer.context["comparison"].groups for line in lines}
    assert [cell.text for cell in lines["Score"].cells] == ["0.45", "0.33"]
    assert lines["Score"].differs
    assert not lines["Country"].differs
    assert "differs" in answer.text


def test_shares_of_a_comparison_add_up_to_the_score(signed_in, pair):
    answer = signed_in.get(compare_url(pair, partner(pair, 1)))

    fit = answer.context["comparison"].groups[0][1]
    shares = [float(line.cells[0].text) for line in fit[4:]]
    assert sum(shares) == pytest.approx(pair.score, abs=0.002)


@pytest.mark.parametrize("codes", [[], ["mat_0000000000000000"], ["x" * 10_000], ["🪵", "\ud800"]])
def test_too_few_partners_are_told_so(signed_in, pair, codes):
    address = reverse("match_compare", args=[pair.first.public_id])

    assert signed_in.get(address, {"m": [pair.public_id]}).status_code == 200
    answer = signed_in.get(address, {"m": [code.encode(errors="replace").decode() for code in codes]})

    assert "Choose two to four partners" in answer.text


def test_a_fifth_partner_is_left_out_and_that_is_said(signed_in, pair):
    others = [partner(pair, number) for number in range(4)]

    answer = signed_in.get(compare_url(pair, *others))

    assert len(answer.context["comparison"].shown) == 4
    assert "the first four" in answer.text


def test_a_pair_that_was_declined_is_not_asked_about_again_before_its_words_change(signed_in, pair):
    declined = introduction(
        pair.first, pair.second, status=IntroductionStatus.DECLINED, ended_at=timezone.now()
    )
    address = reverse("match_review")
    assert "Nothing waits for a look" in signed_in.get(address).text
    listed = signed_in.get(reverse("profile_matches", args=[pair.first.public_id])).text
    assert "match__score" in listed

    text = pair.second.texts.get(is_original=True)
    text.offered += " And we dry it now."
    text.save()

    assert text.updated_at > declined.ended_at
    assert "match__score" in signed_in.get(address).text


@pytest.mark.parametrize("ending", [IntroductionStatus.WITHDRAWN, IntroductionStatus.EXPIRED])
def test_a_pair_whose_introduction_merely_ended_waits_for_a_look_again(signed_in, pair, ending):
    introduction(pair.first, pair.second, status=ending, ended_at=timezone.now())

    assert "match__score" in signed_in.get(reverse("match_review")).text
