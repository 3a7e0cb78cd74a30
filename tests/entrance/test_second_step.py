"""Whoever has a role takes a second step, and nobody gets around it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests import factories
from tests.entrance import devices
from tests.entrance.conftest import PASSWORD
from tests.entrance.test_signing_in import (
    ask_for_new_password,
    choose_password,
    is_signed_in,
    link_to,
    log_in,
)
from tests.letters import letters_to
from tibs.accounts.actor import actor_of
from tibs.accounts.roles import PLATFORM_ROLES, RoleCode
from tibs.entrance.services import devices as services

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.accounts.urls")]
SECOND = "/account/login/second-step/"
SET_UP = "/account/second-step/"


def take_second_step(client, code):
    return client.post(SECOND, {"code": code})


@pytest.mark.parametrize("role", RoleCode)
def test_every_role_sets_up_the_second_step_before_anything_else(client, role):
    someone = factories.person(role=role, organisation=None if role in PLATFORM_ROLES else factories.host())
    type(someone).objects.update(second_factor_at=None)
    client.force_login(someone)

    for path in ["/", "/work/", "/companies/", "/account/", "/account/password/", "/start"]:
        assert client.get(path).url == SET_UP
    assert client.post("/account/sessions/end/").url == SET_UP
    assert client.get(SET_UP).status_code == client.get("/privacy/").status_code == 200


def test_program_gets_no_data_before_the_second_step(client, aleksandra):
    profile = factories.profile(factories.company(host=factories.host(), owner=aleksandra))
    client.force_login(aleksandra)
    path = f"/api/v1/profiles/{profile.public_id}/matches/"
    assert client.get(path).status_code == 200

    type(aleksandra).objects.update(second_factor_at=None)

    assert client.get(path).status_code == 403


def test_fragment_leads_the_whole_page_to_the_set_up(client, newcomer):
    client.force_login(newcomer)

    answer = client.get("/companies/", headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == SET_UP


def test_people_of_firms_need_no_second_step(client, eva):
    client.force_login(eva)

    assert client.get("/").status_code == 200


def test_role_that_comes_later_asks_on_the_next_request(client, eva):
    client.force_login(eva)
    client.get("/")

    eva.platform_role = RoleCode.ANALYST
    eva.save()

    assert client.get("/").url == SET_UP


def test_app_is_set_up_with_its_first_code(client, newcomer):
    log_in(client, newcomer.email)
    secret = client.get(f"{SET_UP}app/").context["form"].secret

    answer = client.post(f"{SET_UP}app/", {"code": devices.code(secret=secret)})

    newcomer.refresh_from_db()
    assert answer.url == f"{SET_UP}recovery-codes/"
    assert newcomer.second_factor_at
    assert len(client.get(answer.url).context["codes"]) == 10
    assert client.get("/account/").status_code == 200
    assert "an authenticator app was added" in letters_to(newcomer.email)[-1][1]


def test_app_can_be_set_up_after_a_new_password_by_mail(client, newcomer):
    ask_for_new_password(client, newcomer.email)
    choose_password(client, link_to(newcomer.email), "another-good-password")
    log_in(client, newcomer.email, "another-good-password")
    secret = client.get(f"{SET_UP}app/").context["form"].secret

    client.post(f"{SET_UP}app/", {"code": devices.code(secret=secret)})

    assert services.devices_of(newcomer)


@pytest.mark.parametrize("code", ["000000", "", "a" * 500, "١٢٣٤٥٦", "10" * 15, "🙂" * 6])
def test_wrong_first_code_sets_nothing_up(client, newcomer, code):
    log_in(client, newcomer.email)
    client.get(f"{SET_UP}app/")

    assert client.post(f"{SET_UP}app/", {"code": code}).status_code == 200
    assert not Authenticator.objects.exists()


def test_password_and_code_sign_in(client, bruno):
    first = log_in(client, bruno.email)
    signed_in_by_password = is_signed_in(client)

    take_second_step(client, devices.code())

    assert first.url == SECOND
    assert not signed_in_by_password
    assert is_signed_in(client)


@pytest.mark.parametrize("later", [-1, 1])
def test_code_of_a_clock_that_is_a_little_wrong_works(client, bruno, later):
    log_in(client, bruno.email)

    take_second_step(client, devices.code(later=later))

    assert is_signed_in(client)


@pytest.mark.parametrize("code", ["000000", "", "x" * 5000, "1e30", "🙂", "\u202e123456"])
def test_wrong_code_signs_nobody_in(client, bruno, code):
    log_in(client, bruno.email)

    assert take_second_step(client, code).status_code == 200
    assert not is_signed_in(client)


def test_code_works_once(client, bruno):
    code = devices.code()
    log_in(client, bruno.email)
    take_second_step(client, code)
    other = Client()
    log_in(other, bruno.email)

    answer = take_second_step(other, code)

    assert "used already" in answer.text
    assert not is_signed_in(other)


def test_code_that_is_sent_twice_at_once_works_once():
    someone = factories.person()

    for number in range(20):
        with ThreadPoolExecutor(2) as pool:
            used = list(pool.map(lambda code: services.spend_code(someone, code), [f"{number:06}"] * 2))
        assert sorted(used) == [False, True]


def test_guessing_codes_is_slowed_down(client, bruno):
    log_in(client, bruno.email)
    for number in range(5):
        take_second_step(client, f"00000{number}")

    take_second_step(client, devices.code())

    assert not is_signed_in(client)


def test_recovery_code_signs_in_once(client, bruno):
    code, *_others = services.recovery_codes(bruno)
    for browser in (client, Client()):
        log_in(browser, bruno.email)
        take_second_step(browser, code)

    assert is_signed_in(client)
    assert not is_signed_in(browser)


def test_new_recovery_codes_replace_the_old_ones(client, bruno):
    old = services.recovery_codes(bruno)
    client.force_login(bruno)

    client.post(f"{SET_UP}recovery-codes/new/")

    assert not set(old) & set(services.recovery_codes(bruno))


def test_secret_of_a_device_cannot_be_read_from_the_database(bruno):
    held = " ".join(str(device.data) for device in Authenticator.objects.all())

    assert devices.SECRET not in held
    assert not any(code in held for code in services.recovery_codes(bruno))


def test_last_device_of_somebody_with_a_role_stays(client, bruno):
    client.force_login(bruno)
    device = services.devices_of(bruno)[0]

    page = client.post(f"{SET_UP}{device.pk}/remove/", follow=True)

    assert "This is your only device" in page.text
    assert services.devices_of(bruno) == [device]


def test_device_of_somebody_else_is_not_found(client, bruno, ana):
    client.force_login(ana)

    assert client.post(f"{SET_UP}{services.devices_of(bruno)[0].pk}/remove/").status_code == 404


def test_lost_devices_are_removed_and_the_owner_is_told(client, bruno):
    log_in(client, bruno.email)
    take_second_step(client, devices.code())

    services.recover_access(
        user=bruno, by=actor_of(factories.person("Ott Tamm", role=RoleCode.ADMINISTRATOR))
    )

    bruno.refresh_from_db()
    assert not is_signed_in(client)
    assert bruno.second_factor_at is None
    assert not Authenticator.objects.exists()
    assert "you lost yours" in letters_to(bruno.email)[-1][1]
    assert bruno.check_password(PASSWORD), "whoever helps learns no password"


def test_closed_account_is_not_opened_by_the_second_step(client, bruno):
    log_in(client, bruno.email)
    type(bruno).objects.update(is_active=False)

    take_second_step(client, devices.code())

    assert not is_signed_in(client)
