"""An assessment of Aleksandra's firm, and answers to fill it with."""

from dataclasses import replace
from functools import partial

from companies.services.assessments.answering import Given, answer_items
from companies.services.assessments.starting import start_assessment
from tests import factories
from tests.companies.assessments.sheets import as_given, firm, golden
from tests.standing_scenes import standing


@standing
def broker(aleksandra):
    return factories.actor(aleksandra)


@standing
def owner(polish_company):
    """The person at the firm, who signs in."""
    person = factories.person("Ewa Lis", language="pl")
    factories.contact(polish_company, user=person)
    return factories.actor(person)


@standing
def assessment(polish_company, broker):
    return start_assessment(company=polish_company, by=broker)


@standing
def answer_golden(broker):
    """Gives the golden example as the broker's answers; `worse` replaces values by area and item."""
    return partial(answer, broker)


def answer(broker, assessment, worse=None):
    changed = worse or {}
    given = [
        replace(one, value=changed.pop((one.area, one.item), one.value))
        for one in as_given([*firm(3), *golden()])
    ]
    given += [Given(area, item, value) for (area, item), value in changed.items()]
    answer_items(assessment=assessment, rater="broker", given=given, by=broker)
    return assessment
