"""One row that fails does not keep the others."""

import pytest

from companies.models import Company
from tibs.core.sweeps import take_each

pytestmark = pytest.mark.django_db


def test_what_fails_is_rolled_back_alone(polish_company, finnish_company):
    Company.objects.update(city="before")

    def take(key):
        Company.objects.filter(pk=key).update(city="taken")
        if key == polish_company.pk:
            raise ZeroDivisionError
        return True

    taken = take_each([polish_company.pk, finnish_company.pk], take, sweep="tests")

    assert taken == [finnish_company.pk]
    assert dict(Company.objects.values_list("pk", "city")) == {
        polish_company.pk: "before",
        finnish_company.pk: "taken",
    }


def test_what_nobody_had_to_do_is_not_counted():
    assert take_each([1, 2], lambda key: key == 2, sweep="tests") == [2]
