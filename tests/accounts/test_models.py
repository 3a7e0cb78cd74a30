"""People who sign in."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from tests.accounts.conftest import PASSWORD
from tibs.accounts.models import User

pytestmark = pytest.mark.django_db


def test_address_is_stored_in_lower_case():
    assert User.objects.create_user("Ana.Nowak@Example.ORG", name="Ana").email == "ana.nowak@example.org"


def test_person_is_found_whatever_the_case_of_the_address(ana):
    assert User.objects.get_by_natural_key("ANA@example.org") == ana


def test_database_refuses_an_address_with_capitals():
    with pytest.raises(IntegrityError, match="accounts_user_email_is_lower_case"):
        User.objects.create(email="Ana@example.org", name="Ana")


def test_form_says_why_an_address_with_capitals_is_refused():
    with pytest.raises(ValidationError, match="stored in lower case"):
        User(email="Ana@example.org", name="Ana", password="x").full_clean()


def test_two_people_cannot_share_an_address(ana):
    with pytest.raises(IntegrityError):
        User.objects.create_user("ANA@example.org", name="Other Ana")


def test_password_is_hashed(ana):
    assert PASSWORD not in ana.password
    assert ana.check_password(PASSWORD)


def test_person_without_a_password_cannot_use_any():
    person = User.objects.create_user("bram@example.org", name="Bram")

    assert not person.has_usable_password()
    assert not person.check_password("")


def test_person_is_shown_by_name():
    assert str(User(email="ana@example.org", name="Ana Nowak")) == "Ana Nowak"
    assert str(User(email="ana@example.org")) == "ana@example.org"
