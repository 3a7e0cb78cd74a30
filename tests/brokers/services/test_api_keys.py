"""Keys of partner sites: shown once, known by a digest, never for long."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from brokers.models import ApiKey
from brokers.services.api_keys import KEY, key_behind, make_key, note_use, revoke_key
from tests import factories
from tests.standing_scenes import standing
from tibs.accounts.roles import RoleCode
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import AuditRecord

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@standing
def site():
    return factories.site()


def made(site, *, now=NOW, **values):
    return make_key(
        client=site, by=factories.BENCH, now=now, **({"scopes": ["leads:write"], "days": 30} | values)
    )


def test_database_and_audit_know_neither_key_nor_secret(site):
    key, text = made(site)

    assert KEY.fullmatch(text)
    assert key.prefix in text
    secret = text.split("_", 3)[3]
    assert secret not in str(ApiKey.objects.values()) + str(AuditRecord.objects.values())


def test_key_is_found_by_its_text_while_it_is_valid(site):
    key, text = made(site)

    assert key_behind(text, NOW) == key
    assert key_behind(text, NOW + timedelta(days=30)) is None


def changed(text):
    return text[:-1] + ("A" if text[-1] != "A" else "B")


@pytest.mark.parametrize(
    "wrong", [changed, str.upper, lambda text: text[:-1], lambda text: text + "\n", lambda _: ""]
)
def test_other_texts_open_nothing(site, wrong):
    _key, text = made(site)

    assert key_behind(wrong(text), NOW) is None


def test_revoked_key_and_key_of_a_closed_site_open_nothing(site):
    key, text = made(site)
    _other, second = made(site)

    revoke_key(key=key, by=factories.BENCH, now=NOW)
    assert key_behind(text, NOW) is None
    assert key_behind(second, NOW)

    site.is_active = False
    site.save()
    assert key_behind(second, NOW) is None


def test_key_survives_a_new_secret_while_the_old_one_is_a_fallback(site, settings):
    key, text = made(site)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "x" * 50, [settings.SECRET_KEY]

    assert key_behind(text, NOW) == key

    settings.SECRET_KEY_FALLBACKS = []
    assert key_behind(text, NOW) is None


def test_two_keys_overlap_and_a_third_waits(site):
    made(site)
    second, _text = made(site)

    with pytest.raises(WrongStateError):
        made(site)

    revoke_key(key=second, by=factories.BENCH, now=NOW)
    made(site)
    made(factories.site("Another site"))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"days": 366}, "days"),
        ({"days": 0}, "days"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["x"]}, "scopes"),
    ],
)
def test_key_has_an_end_and_a_purpose(site, values, field):
    with pytest.raises(BadInputError) as refused:
        made(site, **values)

    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize("role", [role for role in RoleCode if role != RoleCode.ADMINISTRATOR])
def test_only_administrators_make_and_revoke_keys(site, role):
    key, _text = made(site)
    on_the_platform = role in {RoleCode.STAFF, RoleCode.ANALYST}
    person = factories.person(role=role, organisation=None if on_the_platform else site.organisation)
    actor = factories.actor(person)

    with pytest.raises(NotAllowedError):
        make_key(client=site, scopes=["leads:write"], days=3, by=actor, now=NOW)
    with pytest.raises(NotAllowedError):
        revoke_key(key=key, by=actor, now=NOW)


def test_use_is_noted_once_a_minute(site, django_assert_num_queries):
    key, text = made(site)
    note_use(key, NOW)

    again = key_behind(text, NOW)
    with django_assert_num_queries(0):
        note_use(again, NOW + timedelta(seconds=59))
    note_use(again, NOW + timedelta(seconds=61))

    key.refresh_from_db()
    assert key.last_used_at == NOW + timedelta(seconds=61)


def test_command_shows_a_working_key(site, capsys):
    call_command("make_api_key", site.name, "--scope", "leads:write")

    text = capsys.readouterr().out.strip()
    assert key_behind(text, datetime.now(UTC)).client == site


def test_command_names_what_is_wrong(site):
    with pytest.raises(CommandError, match="no partner site"):
        call_command("make_api_key", "Nobody", "--scope", "leads:write")
    with pytest.raises(CommandError, match="cannot be used"):
        call_command("make_api_key", site.name, "--scope", "leads:write", "--days", "9999")
