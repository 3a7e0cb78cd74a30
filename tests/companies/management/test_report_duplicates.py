"""The command that counts companies that look alike."""

import pytest
from django.core.management import CommandError, call_command

from companies.models import Company
from tests import factories
from tests.standing_scenes import standing

pytestmark = pytest.mark.django_db


@standing
def twins():
    host = factories.host("FI")
    for name in ("Kymen Saha Oy", "Kymen Saha", "Aivan Muu"):
        factories.company(name, host=host, source="real")


def test_pairs_are_counted_once_and_no_name_is_written(twins, tmp_path):
    call_command("report_duplicates", source="real", beside=50, out=tmp_path / "page.md")

    page = (tmp_path / "page.md").read_text()
    assert "| all | 1 |" in page
    assert "| similar name | 1 |" in page
    assert "among 53 companies, 50 of them invented" in page
    assert "Kymen" not in page
    assert Company.objects.count() == 3


def test_without_companies_it_says_what_to_do():
    with pytest.raises(CommandError, match="Import them first"):
        call_command("report_duplicates", source="real")
