"""The home page of brokers and coordinators: what waits."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from brokers.models import Broker
from companies.choices import Purpose, WaitsFor
from companies.models import Assessment, Company, Consent
from companies.services.assessments.steps import add_step, finish_step
from companies.services.consents import withdraw_consent
from companies.services.next_steps import Step, set_next_step
from companies.services.ownership import hand_over
from matching.choices import Choice
from matching.models import Impression, MatchRun, RunStatus
from matching.services.decisions import Verdict, decide
from tests import factories
from tibs.accounts.roles import RoleCode
from tibs.figures import PROFILE_LIFE
from tibs.pages.queue_parts import Part


@pytest.fixture
def home(client, aleksandra_in_english):
    client.force_login(aleksandra_in_english)
    return lambda: client.get(reverse("broker_home"))


def desk(answer):
    return answer.context["desk"]


def firms(section):
    """Whose lines stand in a section of the queue, in order."""
    return [line.firm for line in section.rows]


def said(section):
    """Whose line, of which kind, and what is to be done."""
    return [(line.firm, line.part.value, line.sentence) for line in section.rows]


def ending(answer):
    """The firms whose consent or profile ends soon."""
    ends = {Part.CONSENT, Part.ENDING}
    return [line.firm for line in desk(answer).queue.ahead.rows if line.part in ends]


def ending_in(days, company):
    return factories.profile(company, now=timezone.now() - PROFILE_LIFE + timedelta(days=days))


def test_a_beginner_is_told_what_to_do_next(home):
    text = home().text

    assert "Hello, Aleksandra Nowak" in text
    assert "Your list is empty" in text
    assert "No matching has finished yet" in text


def test_new_companies_are_listed_by_the_day_when_somebody_must_have_taken_them(home, aleksandra):
    colleague = factories.person("Jan Kos", organisation=factories.host("PL"))
    now = timezone.now()
    for name, broker, days in (("Late", colleague, -1), ("Later", colleague, 2), ("Mine", aleksandra, 1)):
        factories.company(
            name, host=factories.host("PL"), proposed_owner=broker, answer_due_at=now + timedelta(days=days)
        )

    answer = home()

    assert firms(desk(answer).queue.mine) == ["Late", "Mine", "Later"]
    assert "Proposed to you." in answer.text
    assert "overdue since" in answer.text


def test_a_new_company_is_taken_by_one_click(client, home, aleksandra):
    lead = factories.company("Tartak", host=factories.host("PL"))

    answer = client.post(reverse("company_claim", args=[lead.public_id]), {"back": "/work/"}, follow=True)

    lead.refresh_from_db()
    assert lead.owner == aleksandra
    assert answer.redirect_chain == [("/work/", 302)]
    assert firms(desk(answer).queue.ahead) == ["Tartak"]


def test_many_leads_are_not_counted_to_the_end(home):
    for number in range(100):
        factories.company(f"Tartak {number}", host=factories.host("PL"))

    assert str(desk(home()).queue.counts["lead"]) == "99+"


def plan(company, days, waits_for=WaitsFor.US):
    step = Step("Call Eva", timezone.localdate() + timedelta(days=days), waits_for)
    return set_next_step(company=company, step=step, by=factories.BENCH)


def test_steps_of_today_and_before_are_due_the_oldest_first(home, aleksandra, polish_company):
    late, later = (
        factories.company(name, host=factories.host("PL"), owner=aleksandra) for name in ("Late", "Later")
    )
    plan(polish_company, 0)
    plan(late, -3)
    plan(later, 1)

    seen = desk(home())

    assert firms(seen.queue.mine) == ["Late", polish_company.name]
    assert not seen.queue.planless


def test_done_and_next_is_one_form_on_the_page(client, home, polish_company):
    step = plan(polish_company, 0)
    tomorrow = timezone.localdate() + timedelta(days=1)

    answer = client.post(
        reverse("company_next_step_done", args=[polish_company.public_id, step.pk]),
        {"what": "Visit", "due_date": tomorrow, "waits_for": "us", "back": "/work/"},
        follow=True,
    )

    assert answer.redirect_chain == [("/work/", 302)]
    assert not desk(answer).queue.mine
    assert "All done for today" in answer.text


def test_what_waits_for_the_company_stands_apart(home, polish_company):
    plan(polish_company, -1, WaitsFor.COMPANY)

    queue = desk(home()).queue

    assert (firms(queue.mine), firms(queue.others)) == ([], [polish_company.name])


def planned(company, days, **values):
    """A step of the company's action plan, due in some days."""
    assessment = Assessment.objects.create(
        company=company, instrument_version=1, completed_at=timezone.now(), chosen_area="PRC"
    )
    due = timezone.localdate() + timedelta(days=days)
    return add_step(
        assessment=assessment, what="Ask three carriers", due_date=due, by=factories.BENCH, **values
    )


def test_steps_of_an_action_plan_wait_from_their_day_on_and_lead_to_the_plan(home, polish_company):
    step = planned(polish_company, -1)
    planned(polish_company, 1)

    answer = home()

    assert said(desk(answer).queue.mine) == [(polish_company.name, "plan", "Ask three carriers")]
    assert f"{reverse('assessment_result', args=[step.plan.assessment.public_id])}#plan" in answer.text
    assert "overdue since" in answer.text
    assert "waits for the company" in answer.text


def test_steps_of_an_action_plan_that_are_done_or_of_firms_at_rest_wait_for_nobody(
    home, aleksandra, polish_company
):
    finish_step(step=planned(polish_company, 0), by=factories.BENCH)
    resting = factories.company("Tartak", host=factories.host("PL"), owner=aleksandra)
    planned(resting, 0)
    Company.objects.filter(pk=resting.pk).update(stage="dormant")

    assert not desk(home()).queue.mine


def test_steps_of_an_action_plan_go_with_the_company_to_its_next_broker(client, home, polish_company):
    planned(polish_company, 0)
    colleague = factories.broker("Jan Kos", organisation=factories.host("PL")).membership.user
    hand_over(company=polish_company, to=colleague, by=factories.BENCH)

    before = firms(desk(home()).queue.mine)
    client.force_login(colleague)
    after = firms(desk(client.get(reverse("broker_home"))).queue.mine)

    assert (before, after) == ([], [polish_company.name])


def test_companies_without_a_next_step_are_named(home, polish_company):
    assert firms(desk(home()).queue.ahead) == [polish_company.name]


def test_consents_that_end_are_named(home, polish_company):
    factories.consent(polish_company)
    Consent.objects.update(valid_until=timezone.now() + timedelta(days=20))

    assert ending(home()) == [polish_company.name]


def test_a_deputy_sees_what_waits_for_a_colleague_who_is_away(client, aleksandra, polish_company):
    deputy = factories.broker("Jan Kos", organisation=factories.host("PL"))
    today = timezone.localdate()
    Broker.objects.filter(membership__user=aleksandra).update(
        deputy=deputy, absent_from=today, absent_until=today
    )
    plan(polish_company, 0)
    planned(polish_company, -1)
    client.force_login(deputy.membership.user)

    queue = desk(client.get(reverse("broker_home"))).queue
    assert [(line.firm, line.part) for line in queue.mine.rows] == [
        (polish_company.name, Part.PLAN),
        (polish_company.name, Part.STEP),
    ]


def test_colleagues_see_their_own_companies_only(client, polish_company):
    plan(polish_company, 0)
    client.force_login(factories.person("Jan Kos", organisation=factories.host("PL")))

    queue = desk(client.get(reverse("broker_home"))).queue

    assert not queue.mine
    assert not queue.has_companies


def test_profiles_that_end_within_a_month_are_named(home, polish_company):
    soon = ending_in(20, polish_company)
    ending_in(40, polish_company)

    assert [line.key for line in desk(home()).queue.ahead.rows if line.part == Part.ENDING] == [
        soon.public_id
    ]


def test_a_broker_sees_what_is_in_their_own_care(home, polish_company):
    colleague = factories.person("Jan Kos", organisation=factories.host("PL"))
    ending_in(20, factories.company("Tartak Sosna", host=factories.host("PL"), owner=colleague))

    assert ending(home()) == []


def test_a_coordinator_sees_the_whole_organisation(client, polish_company):
    profile = ending_in(20, polish_company)
    client.force_login(
        factories.person("Celina Wilk", role=RoleCode.COORDINATOR, organisation=factories.host("PL"))
    )

    lines = desk(client.get(reverse("broker_home"))).queue.ahead.rows
    assert [line.key for line in lines if line.part == Part.ENDING] == [profile.public_id]


def test_matches_to_review_are_told_best_first_and_each_profile_once(home, polish_company, finnish_company):
    profile = factories.profile(polish_company)
    factories.match_run()
    factories.match(profile, factories.profile(finnish_company), forward=0.3)
    best = factories.match(profile, factories.profile(finnish_company), forward=0.6)

    seen = desk(home())

    assert str(seen.queue.matches) == "2"
    assert [pair.score for pair in seen.pairs] == [best.score]
    assert "Kymen" not in home().text
    shown = Impression.objects.get()
    assert (shown.match, shown.profile, shown.score, shown.parts) == (best, profile, best.score, best.parts)


def test_weak_matches_do_not_ask_for_a_review(home, polish_company, finnish_company):
    factories.match_run()
    factories.match(
        factories.profile(polish_company), factories.profile(finnish_company), forward=0.1, backward=0.05
    )

    assert not desk(home()).queue.matches


def test_when_all_is_decided_the_best_stay(home, polish_company, finnish_company):
    match = factories.match(factories.profile(polish_company), factories.profile(finnish_company))
    side = match.first if match.first.company == polish_company else match.second
    decide(match=match, profile=side, verdict=Verdict(Choice.SHORTLISTED), by=factories.BENCH)

    answer = home()

    assert not desk(answer).queue.matches
    assert [pair.score for pair in desk(answer).pairs] == [match.score]
    assert "You have decided on every partner" in answer.text


def test_a_partner_who_withdrew_is_not_shown(home, polish_company, finnish_company):
    factories.match(factories.profile(polish_company), factories.profile(finnish_company))
    withdraw_consent(
        company=finnish_company, purpose=Purpose.PUBLISH_ANONYMOUS, language="en", by=factories.BENCH
    )

    assert desk(home()).pairs == []


def test_a_matching_that_failed_is_said_and_the_results_before_stay(home):
    factories.match_run(pairs=7)
    MatchRun.objects.create(status=RunStatus.FAILED, finished_at=timezone.now())

    text = home().text

    assert "did not finish" in text
    assert "found 7 pairs" in text


def test_a_matching_under_way_is_said(home):
    MatchRun.objects.create(status=RunStatus.MATCHING)

    assert "A matching is under way" in home().text


def test_other_organisations_do_not_show(client, johanna, polish_company):
    ending_in(20, polish_company)
    client.force_login(johanna)

    seen = desk(client.get(reverse("broker_home")))

    assert (seen.queue.has_companies, firms(seen.queue.ahead)) == (False, [])
