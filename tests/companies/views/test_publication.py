"""The pages from a draft to its publication: of the broker, of the second reader, and of the firm.

Whatever is sent, nobody sees a fault of ours, nothing that was written is lost, and every refusal says why.
"""

from html import unescape

import pytest
from django.utils import timezone

from companies.choices import ProfileStatus
from companies.models import Company, Consent, CooperationProfile, ProfileApproval, ProfileReview, ProfileText
from companies.services.interest_checks import link_of
from companies.services.profile_words import hash_of
from companies.services.publishing import take_back_profile, withdraw_profile
from companies.services.reviews import give_to_another, send_to_review
from matching.choices import IntroductionStatus
from tests import factories, introducing
from tests.publishing import complete, made_ready, publish_at_once, read
from tests.standing_scenes import standing

pytestmark = pytest.mark.django_db
ODD = {
    "nul": "\x00",
    "surrogate": "\ud800".encode("utf-8", "surrogatepass"),
    "large": "9" * 30,
    "emoji": "🙂" * 300,
    "rtl": "‮שלום עולם",
    "script": "<script>alert(1)</script>",
    "megabyte": "x" * 1_000_000,
}
odd_input = pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
POINTS = {"advantages": "4", "clarity": "4", "cooperation": "4", "wording": "4"}


@standing
def profile(polish_company, aleksandra_in_english):
    return complete(polish_company)


@standing
def asked(profile, johanna):
    """Johanna reads it."""
    return send_to_review(profile=profile, by=factories.BENCH)


@standing
def olli(johanna):
    """Another broker in Finland."""
    return factories.broker("Olli Mäki", organisation=factories.host("FI")).membership.user


@standing
def approving(profile):
    """The firm is asked for its approval."""
    read(profile)
    CooperationProfile.objects.update(status=ProfileStatus.COMPANY_APPROVAL)
    profile.refresh_from_db()
    return profile


@pytest.fixture
def publication(client, profile, aleksandra_in_english):
    """Aleksandra opens the page of the publication, or does something there."""
    client.force_login(aleksandra_in_english)
    address = f"/profiles/{profile.public_id}/publication/"
    return lambda **data: client.post(address, data) if data else client.get(address)


@pytest.fixture
def reading(client, asked, johanna):
    """Johanna opens the page of the second reader, or answers there."""
    client.force_login(johanna)
    address = f"/reviews/{asked.public_id}/"
    shown = hash_of(asked.profile)
    return lambda **data: (
        client.post(address, {"shown": shown, **POINTS, "comment": "", **data})
        if data
        else client.get(address)
    )


@pytest.fixture
def own(client, approving, ewa):
    """Ewa opens the page on which her firm approves, or answers there."""
    client.force_login(ewa)
    address = f"/mine/profiles/{approving.public_id}/"
    shown = hash_of(approving)
    return lambda **data: client.post(address, {"shown": shown, **data}) if data else client.get(address)


def state():
    return CooperationProfile.objects.get().status


def rewritten():
    """Somebody took the profile back, wrote on and sent it again while a page was open."""
    ProfileText.objects.update(summary="Other words than those on the page that is still open.")


class TestBroker:
    def test_draft_that_is_not_ready_says_so_and_leads_to_the_editor(self, client, publication, profile):
        ProfileText.objects.update(sought="")

        page = publication().text

        assert "The automatic check found something that must be mended first." in page
        assert f"/profiles/{profile.public_id}/edit/" in page

    def test_what_the_second_reader_wants_changed_stands_above_the_editor(self, client, publication, profile):
        read(profile, decision="changes")
        ProfileReview.objects.update(comment="Say how thick the boards are.")
        CooperationProfile.objects.update(status=ProfileStatus.CHANGES_REQUESTED)

        assert "Say how thick the boards are." in client.get(f"/profiles/{profile.public_id}/edit/").text

    def test_what_the_firm_wants_changed_replaces_it(self, client, publication, approving):
        ProfileReview.objects.update(comment="A fine text.")
        publication(act="object", shown=hash_of(approving), comment="By phone: say oak from Poland.")

        page = client.get(f"/profiles/{approving.public_id}/edit/").text

        assert "say oak from Poland" in page
        assert "A fine text." not in page

    @pytest.mark.parametrize(
        ("act", "why"),
        [
            ("publish", "This is not possible now: the profile is in the state “Draft”."),
            ("renew", "This is not possible now: the profile is in the state “Draft”."),
            ("approve", "This profile does not wait for the company's approval now."),
            ("interested", "This profile is not published now."),
            ("nonsense", ""),
            ("", ""),
            ("🙂", ""),
        ],
    )
    def test_what_is_not_possible_now_changes_nothing_and_says_why(self, publication, act, why):
        answer = publication(act=act, x="1")

        assert answer.status_code == 302
        assert state() == ProfileStatus.DRAFT
        assert why in unescape(publication().text)

    def test_missing_consent_leads_to_the_place_where_it_is_written_down(self, publication, profile):
        made_ready(profile)
        link = f'<a href="/companies/{profile.company.public_id}/consents/">Look at the consents</a>'

        lacking = publication().text
        factories.consent(profile.company)
        given = publication().text

        assert (link in lacking, link in given) == (True, False)

    def test_profile_that_names_its_company_by_now_is_not_published_and_says_what_to_mend(
        self, publication, profile
    ):
        factories.consent(profile.company)
        made_ready(profile)
        clean = publication().text
        Company.objects.update(name="Boards Planed sp. z o.o.")
        ProfileText.objects.update(offered="The firm is Boards Planed.")
        words = hash_of(CooperationProfile.objects.get())
        ProfileReview.objects.update(text_hash=words)
        ProfileApproval.objects.update(text_hash=words)

        page = unescape(publication().text)
        publication(act="publish")
        told = unescape(publication().text)

        passage = "“Boards Planed” is the name of the company."
        assert [text.count(passage) for text in (clean, page, told)] == [0, 1, 2]
        assert state() == ProfileStatus.COMPANY_APPROVAL

    def test_broker_can_write_down_either_answer_while_the_profile_is_out(self, client, publication, profile):
        factories.consent(profile.company)
        publish_at_once(profile, by=factories.BENCH)

        for act, silences in (("interested", 0), ("not_interested", 0), ("interested", 0)):
            CooperationProfile.objects.update(silences=1)
            page = publication().text
            assert all(f'value="{one}"' in page for one in ("interested", "not_interested"))
            publication(act=act)
            profile.refresh_from_db()
            assert (profile.open_for_interest, profile.silences) == (act == "interested", silences)

    def test_profile_that_is_hidden_or_closed_does_not_claim_that_everybody_finds_it(
        self, publication, profile
    ):
        factories.consent(profile.company)
        publish_at_once(profile, by=factories.BENCH)
        claim, link = "Everybody finds the profile", "The public page"

        shown = publication().text
        CooperationProfile.objects.update(open_for_interest=False)
        closed = publication().text
        CooperationProfile.objects.update(open_for_interest=True)
        Consent.objects.update(is_given=False)
        hidden = publication().text

        assert [claim in page for page in (shown, closed, hidden)] == [True, False, False]
        assert [link in page for page in (shown, closed, hidden)] == [True, True, False]

    @odd_input
    @pytest.mark.parametrize("field", ["act", "comment", "shown"])
    def test_odd_input_is_never_our_fault(self, publication, approving, odd, field):
        answer = publication(
            **{"act": "approve", "shown": hash_of(approving), "comment": "By phone", field: odd}
        )

        assert answer.status_code < 500
        assert "<script>alert(1)" not in answer.text

    def test_answer_that_is_too_long_stays_on_the_page(self, publication, approving):
        answer = publication(act="object", shown=hash_of(approving), comment="He said no. " * 200)

        assert answer.status_code == 400
        assert "He said no. " * 20 in answer.text
        assert not ProfileApproval.objects.exists()

    def test_approval_without_a_word_how_it_came_is_refused_beside_the_field(self, publication, approving):
        answer = publication(act="approve", shown=hash_of(approving), comment="")

        assert (answer.status_code, state()) == (400, ProfileStatus.COMPANY_APPROVAL)
        assert "Say how the company approved it" in answer.text

    def test_approval_of_other_words_is_refused_and_works_after_another_look(self, publication, approving):
        stale = hash_of(approving)
        rewritten()

        answer = publication(act="approve", shown=stale, comment="By phone on Monday")
        assert (answer.status_code, "By phone on Monday" in answer.text) == (400, True)
        assert not ProfileApproval.objects.exists()

        assert (
            publication(act="approve", shown=answer.context["shown"], comment="By phone").status_code == 302
        )
        assert ProfileApproval.objects.get().is_approved

    def test_withdrawing_for_good_asks_once_more(self, publication, profile):
        page = publication().text

        assert "it cannot be brought back" in page
        publication(act="withdraw")
        assert state() == ProfileStatus.WITHDRAWN

    def test_withdrawn_profile_leads_to_a_new_one_and_shows_no_way_to_go(
        self, client, publication, profile, polish_company
    ):
        withdraw_profile(profile=profile, by=factories.BENCH)

        page = publication().text

        assert f'href="/companies/{polish_company.public_id}/profiles/new/"' in page
        assert "Read by a broker of another country" not in page

    @pytest.mark.parametrize(
        ("number", "said"),
        [
            (0, "No introduction ends with it."),
            (1, "1 open introduction ends with it, and both sides are told."),
            (2, "2 open introductions end with it, and all sides are told."),
        ],
    )
    def test_what_ends_with_a_published_profile_is_said_before_the_button(
        self, client, aleksandra_in_english, polish_company, finnish_company, number, said
    ):
        published = factories.profile(polish_company)
        second = factories.company("Second Oy", host=factories.host("FI"), owner=finnish_company.owner)
        others = [finnish_company, second]
        for other in others[:number]:
            introducing.introduction(
                published, factories.profile(other), status=IntroductionStatus.WITH_PARTNER
            )
        client.force_login(aleksandra_in_english)

        page = client.get(f"/profiles/{published.public_id}/publication/").text

        assert page.count(said) == 2  # of taking back, and of withdrawing
        assert page.index(said) < page.index('value="take_back"')

    def test_profile_of_another_organisation_is_not_there(self, client, profile, johanna):
        client.force_login(johanna)

        answers = [
            client.get(f"/profiles/{profile.public_id}/publication/"),
            client.post(f"/profiles/{profile.public_id}/publication/", {"act": "withdraw"}),
        ]

        assert [answer.status_code for answer in answers] == [404, 404]
        assert state() == ProfileStatus.DRAFT


class TestSecondReader:
    def test_answer_is_kept_with_its_points(self, reading):
        assert reading(decision="ready").status_code == 302
        assert ProfileReview.objects.get().total == 16

    @pytest.mark.parametrize(
        ("field", "value"),
        [("clarity", "6"), ("clarity", "-1"), ("clarity", ""), ("decision", "perhaps"), ("decision", "")],
    )
    def test_half_an_answer_is_refused_and_the_comment_stays(self, reading, field, value):
        answer = reading(**{"decision": "ready", "comment": "A fine text.", field: value})

        assert (answer.status_code, "A fine text." in answer.text) == (400, True)
        assert ProfileReview.objects.get().decided_at is None

    def test_points_that_contradict_the_decision_are_named(self, reading):
        answer = reading(decision="ready", clarity="0", comment="A fine text.")

        assert "With less than 10 points, or with a 0, a profile needs changes." in answer.text
        assert "A fine text." in answer.text

    def test_comment_that_is_too_long_is_not_cut(self, reading):
        answer = reading(decision="ready", comment="So good. " * 300)

        assert (answer.status_code, "So good. " * 250 in answer.text) == (400, True)

    def test_two_thousand_signs_fit_with_their_line_breaks(self, reading):
        reading(decision="ready", comment="a" + "\r\n" * 1998 + "b")

        assert len(ProfileReview.objects.get().comment) == 2000

    @odd_input
    @pytest.mark.parametrize("field", ["shown", "clarity", "decision", "comment"])
    def test_odd_input_is_never_our_fault(self, reading, odd, field):
        answer = reading(**{"decision": "changes", "comment": "Say more.", field: odd})

        assert answer.status_code < 500
        assert "<script>alert(1)" not in answer.text

    def test_answer_to_other_words_is_refused_and_works_after_another_look(self, reading):
        rewritten()

        answer = reading(decision="ready", comment="A fine text.")
        assert (answer.status_code, "A fine text." in answer.text) == (400, True)
        assert "The text has changed meanwhile. Please read it again." in answer.text

        assert reading(decision="ready", shown=answer.context["shown"]).status_code == 302

    def test_second_answer_changes_nothing(self, reading, asked):
        reading(decision="ready")

        answer = reading(decision="changes", comment="Oh no.")

        assert answer.status_code == 400
        assert ProfileReview.objects.get().decision == "ready"

    @odd_input
    def test_passing_on_with_an_odd_reason_is_never_our_fault(self, client, reading, asked, odd):
        assert client.post(f"/reviews/{asked.public_id}/pass/", {"reason": odd}).status_code < 500

    def test_reason_that_is_too_long_stays_on_the_page(self, client, reading, asked):
        answer = client.post(f"/reviews/{asked.public_id}/pass/", {"reason": "I am away. " * 60})

        assert (answer.status_code, "I am away. " * 50 in answer.text) == (400, True)
        assert ProfileReview.objects.get().earlier_readers == []

    def test_where_nobody_else_is_left_it_is_said(self, client, reading, asked):
        answer = client.post(f"/reviews/{asked.public_id}/pass/", {"reason": "I am away."}, follow=True)

        assert "There is no broker of another country who could read this profile." in answer.text

    def test_reading_of_somebody_else_is_not_there(self, client, asked):
        stranger = factories.broker("Mads Holm", organisation=factories.host("DK"))
        client.force_login(stranger.membership.user)

        assert client.get(f"/reviews/{asked.public_id}/").status_code == 404
        assert client.post(f"/reviews/{asked.public_id}/pass/", {"reason": "No"}).status_code == 404

    @pytest.mark.parametrize("end", [take_back_profile, withdraw_profile])
    def test_answer_to_a_text_that_was_taken_back_is_not_lost(self, reading, profile, end):
        end(profile=profile, by=factories.BENCH)

        answer = reading(decision="changes", comment="Name the machine.")

        assert answer.status_code == 409
        assert "The text was taken back" in answer.text
        assert "Name the machine." in answer.text
        assert "4: good" in answer.text

    def test_answer_of_a_reader_who_was_replaced_is_not_lost(self, client, reading, asked, johanna, olli):
        give_to_another(asked, factories.BENCH, timezone.now())

        assert "Somebody else reads it now" in reading().text
        assert "Name the machine." in reading(decision="changes", comment="Name the machine.").text
        passed = client.post(f"/reviews/{asked.public_id}/pass/", {"reason": "I know them."})
        assert "I know them." in passed.text
        assert ProfileReview.objects.get().decided_at is None

    def test_what_became_of_a_text_is_told_only_to_who_was_asked(self, client, asked, johanna, olli):
        take_back_profile(profile=asked.profile, by=factories.BENCH)
        address = f"/reviews/{asked.public_id}/"

        client.force_login(olli)
        assert client.get(address).status_code == 404
        client.force_login(johanna)
        assert client.get(address).status_code == 200

    def test_company_is_named_nowhere_on_the_page(self, reading, polish_company):
        assert polish_company.name not in reading().text


class TestFirm:
    def test_words_are_approved_with_the_consent_in_one_step(self, own, approving):
        page = own()

        own(approve="1", agrees="on", consent_hash=page.context["asked"]["consent_hash"])

        assert ProfileApproval.objects.get().is_approved
        assert approving.company.consents.get().is_given

    @odd_input
    @pytest.mark.parametrize("field", ["shown", "consent_hash", "comment", "agrees", "interest"])
    @pytest.mark.parametrize("act", ["approve", "object"])
    def test_odd_input_is_never_our_fault(self, own, odd, field, act):
        answer = own(**{act: "1", "comment": "Say more.", field: odd})

        assert answer.status_code < 500
        assert "<script>alert(1)" not in answer.text

    def test_wishes_that_are_too_long_stay_on_the_page(self, own):
        answer = own(object="1", comment="Please say oak. " * 150)

        assert (answer.status_code, "Please say oak. " * 120 in answer.text) == (400, True)
        assert not ProfileApproval.objects.exists()

    def test_wish_without_words_is_asked_for(self, own):
        answer = own(object="1", comment="  ")

        assert (answer.status_code, "Say what should be changed." in answer.text) == (400, True)

    def test_other_words_are_not_approved_and_can_be_after_another_look(self, own):
        rewritten()

        answer = own(approve="1")
        assert (answer.status_code, ProfileApproval.objects.count()) == (400, 0)
        assert "Other words than those on the page" in answer.text

        assert own(approve="1", shown=answer.context["asked"]["shown"]).status_code == 302
        assert ProfileApproval.objects.get().is_approved

    def test_profile_of_another_firm_is_not_there(self, client, approving, finnish_company):
        stranger = factories.person("Aino Salo")
        factories.contact(finnish_company, "Aino Salo", user=stranger)
        client.force_login(stranger)

        assert client.get(f"/mine/profiles/{approving.public_id}/").status_code == 404

    def test_profile_that_waits_for_nobody_is_not_approved(self, own):
        CooperationProfile.objects.update(status=ProfileStatus.DRAFT)

        answer = own(approve="1")

        assert (answer.status_code, ProfileApproval.objects.count()) == (400, 0)


class TestMonthlyQuestion:
    @pytest.fixture
    def link(self, profile):
        return link_of(factories.profile(profile.company))

    def test_opening_it_changes_nothing_and_one_click_answers(self, client, link):
        client.get(link)
        published = CooperationProfile.objects.published()
        assert published.get().interest_confirmed_at is None

        page = client.post(link, {"interest": "no"}).text
        assert published.get().open_for_interest is False
        assert "interest" in page

        client.post(link, {"interest": "yes"})
        assert published.get().open_for_interest is True

    @odd_input
    def test_odd_answer_is_no_answer(self, client, link, odd):
        assert client.post(link, {"interest": odd}).status_code in {200, 400}
        assert CooperationProfile.objects.published().get().interest_confirmed_at is None

    @pytest.mark.parametrize("token", ["x", "a:b:c", "9" * 30, "%F0%9F%99%82", "x" * 5000])
    def test_link_that_was_not_ours_or_is_over_says_so(self, client, db, token):
        answer = client.get(f"/still-interested/{token}/")

        assert answer.status_code == 410
        assert "This link does not work any more" in answer.text
        assert "Find the broker of your region" in answer.text

    def test_link_of_a_profile_that_ended_says_so(self, client, link):
        CooperationProfile.objects.update(status=ProfileStatus.EXPIRED)

        assert client.post(link, {"interest": "yes"}).status_code == 410
