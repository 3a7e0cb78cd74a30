"""Saved searches of the catalogue: kept, confirmed, told once, ended by one click."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from companies.catalogue.search import Search
from companies.choices import Frequency
from companies.models import CooperationProfile, SavedSearch
from companies.models.saved_search import SearchHit
from companies.services import saved_searches
from companies.services.profiles import withdraw_profile
from companies.services.retention import take_what_is_due
from companies.services.saved_searches import (
    SearchLinkTooOldError,
    ask_for_search,
    change_search,
    confirm_search,
    delete_search,
    due_searches,
    save_search,
    stop_path,
    stop_search,
    tell_search,
    tell_searches,
)
from tests import factories
from tests.letters import letters_to
from tests.standing_scenes import standing
from tibs.core.errors import BadInputError, NotAllowedError
from tibs.events.models import Letter
from tibs.figures import PROFILES_IN_A_LETTER, SEARCHES_OF_A_PERSON

DAY = timedelta(days=1)
OAK = Search(q="oak", country=("PL",))


@standing
def aino():
    """Somebody of a Finnish firm, who has an account."""
    return factories.person("Aino Salo")


@standing
def firm():
    return factories.company("Stolarnia Dąb", host=factories.host("PL"))


def kept(person, frequency: Frequency = Frequency.DAILY, search: Search = OAK) -> SavedSearch:
    return save_search(search=search, name="oak, Poland", frequency=frequency, by=factories.actor(person))


def asked(email: str = "visitor@example.org", **options) -> SavedSearch | None:
    return ask_for_search(
        search=OAK,
        name="oak",
        frequency=Frequency.DAILY,
        email=email,
        language="fi",
        network="192.0.2.1",
        **options,
    )


def token_to(email: str = "visitor@example.org") -> str:
    [(_, words)] = letters_to(email)
    return words.split("/searches/confirm/")[1].split("/")[0]


def told(address: str) -> list[str]:
    """The words of the letters about new profiles."""
    return [words for _, words in letters_to(address) if "/searches/stop/" in words]


def test_new_profiles_that_fit_come_in_one_letter(aino, firm):
    kept(aino)
    factories.profile(firm, offered="Oak boards.")
    factories.profile(firm, offered="Oak toys.")
    factories.profile(firm, offered="Birch.")

    assert tell_searches(now=timezone.now() + DAY) == 1

    [words] = told(aino.email)
    assert "Oak boards." in words
    assert "Oak toys." in words
    assert "Birch." not in words


def test_letter_can_be_ended_by_one_click_of_the_mail_program(aino, firm):
    """RFC 8058: the address of the headers is that of the visible link."""
    search = kept(aino)
    factories.profile(firm, offered="Oak boards.")

    tell_searches(now=timezone.now() + DAY)

    assert Letter.objects.get(template="search_told").unsubscribe.endswith(stop_path(search))


def test_what_was_there_before_is_not_told(aino, firm):
    factories.profile(firm, offered="Oak boards.")
    kept(aino)

    assert tell_searches(now=timezone.now() + DAY) == 0


def test_nothing_is_told_twice_even_if_it_is_published_anew(aino, firm):
    kept(aino)
    profile = factories.profile(firm, offered="Oak boards.")
    tell_searches(now=timezone.now() + DAY)
    CooperationProfile.objects.filter(pk=profile.pk).update(published_at=timezone.now() + DAY)

    assert tell_searches(now=timezone.now() + 3 * DAY) == 0
    assert len(told(aino.email)) == 1


def test_profile_that_two_searches_of_a_person_find_is_told_once_by_the_first(aino, firm):
    kept(aino)
    save_search(
        search=Search(country=("PL",)), name="Poland", frequency=Frequency.DAILY, by=factories.actor(aino)
    )
    factories.profile(firm, offered="Oak boards.")

    assert tell_searches(now=timezone.now() + DAY) == 1
    assert tell_searches(now=timezone.now() + 2 * DAY) == 0
    assert ["oak, Poland" in words for words in told(aino.email)] == [True]


def test_what_only_the_second_search_finds_comes_in_a_letter_of_its_own(aino, firm):
    kept(aino)
    save_search(
        search=Search(country=("PL",)), name="Poland", frequency=Frequency.DAILY, by=factories.actor(aino)
    )
    for what in ("Oak boards.", "Birch boards."):
        factories.profile(firm, offered=what)

    tell_searches(now=timezone.now() + DAY)

    assert [words.count("/p/TIBS-") for words in told(aino.email)] == [1, 1]


def test_two_people_with_the_same_search_are_both_told(aino, firm):
    for person in (aino, factories.person("Bo Berg")):
        kept(person)
    factories.profile(firm, offered="Oak boards.")

    assert tell_searches(now=timezone.now() + DAY) == 2


def test_account_and_search_of_the_same_address_are_one_reader(aino, firm):
    kept(aino)
    asked(aino.email)
    confirm_search(token=token_to(aino.email))
    factories.profile(firm, offered="Oak boards.")

    assert tell_searches(now=timezone.now() + DAY) == 1


@pytest.mark.parametrize("how", ["deleted", "stopped by the link"])
def test_search_that_goes_leaves_what_it_told_to_the_others_of_its_reader(aino, firm, how):
    first, _second = kept(aino), kept(aino)
    profile = factories.profile(firm, offered="Oak boards.")
    tell_searches(now=timezone.now() + DAY)

    if how == "deleted":
        delete_search(search=first, by=factories.actor(aino))
    else:
        stop_search(signed=stop_path(first).split("/")[-2])

    assert tell_searches(now=timezone.now() + 3 * DAY) == 0
    assert SearchHit.objects.get().profile == profile


def test_what_a_search_told_is_not_left_to_one_that_nobody_confirmed(aino, firm):
    told_by = kept(aino)
    asked(aino.email)
    kept(aino)
    factories.profile(firm, offered="Oak boards.")
    tell_searches(now=timezone.now() + DAY)

    delete_search(search=told_by, by=factories.actor(aino))
    SavedSearch.objects.filter(confirmed_at=None).delete()

    assert tell_searches(now=timezone.now() + 3 * DAY) == 0


def test_profile_that_ended_meanwhile_is_not_told(aino, firm):
    kept(aino)
    withdraw_profile(profile=factories.profile(firm, offered="Oak boards."), by=factories.BENCH)

    assert tell_searches(now=timezone.now() + DAY) == 0


def test_letter_names_so_many_and_the_next_one_the_rest(aino, firm):
    kept(aino)
    for number in range(PROFILES_IN_A_LETTER + 2):
        factories.profile(firm, offered=f"Oak {number}.")

    tell_searches(now=timezone.now() + DAY)
    tell_searches(now=timezone.now() + 2 * DAY)

    assert [words.count("/p/TIBS-") for words in told(aino.email)] == [PROFILES_IN_A_LETTER, 2]


@pytest.mark.parametrize(("frequency", "due_after"), [(Frequency.DAILY, 1), (Frequency.WEEKLY, 7)])
def test_each_search_has_its_own_pace(aino, frequency, due_after):
    search = kept(aino, frequency)
    began = search.confirmed_at

    assert search not in due_searches(began + (due_after - 1) * DAY + timedelta(hours=12))
    assert search in due_searches(began + due_after * DAY)


def test_run_that_comes_twice_a_day_tells_once(aino, firm):
    kept(aino)
    factories.profile(firm, offered="Oak boards.")
    now = timezone.now() + DAY
    tell_searches(now=now)
    factories.profile(firm, offered="Oak toys.")

    assert tell_searches(now=now + timedelta(hours=1)) == 0
    assert tell_searches(now=now + DAY) == 1


def test_a_search_that_fails_does_not_keep_the_others(aino, firm, monkeypatch):
    poison, healthy = kept(aino), kept(factories.person("Veli Maa"))
    factories.profile(firm, offered="Oak boards.")
    working = saved_searches._write

    def poisoned(search, profiles):
        if search.pk == poison.pk:
            raise ZeroDivisionError
        working(search, profiles)

    monkeypatch.setattr(saved_searches, "_write", poisoned)

    assert tell_searches(now=timezone.now() + DAY) == 1
    assert told(healthy.owner.email)
    assert not told(aino.email)
    assert list(SearchHit.objects.values_list("search", flat=True)) == [healthy.pk]
    assert poison in due_searches(timezone.now() + DAY)


def test_person_whose_account_is_closed_is_told_nothing(aino, firm):
    kept(aino)
    factories.profile(firm, offered="Oak boards.")
    aino.is_active = False
    aino.save()

    assert tell_searches(now=timezone.now() + DAY) == 0


def test_letter_goes_to_the_present_address_in_the_present_language(aino, firm):
    kept(aino)
    factories.profile(firm, offered="Oak boards.")
    aino.email, aino.language = "new@example.org", "de"
    aino.save()

    tell_searches(now=timezone.now() + DAY)

    assert Letter.objects.get(template="search_told").to_address == "new@example.org"
    assert Letter.objects.get(template="search_told").language == "de"


def test_person_keeps_so_many_searches(aino):
    for _number in range(SEARCHES_OF_A_PERSON):
        kept(aino)

    with pytest.raises(BadInputError):
        kept(aino)


def test_only_its_owner_changes_or_deletes_a_search(aino):
    search, stranger = kept(aino), factories.actor(factories.person("Olli Mäki"))

    with pytest.raises(NotAllowedError):
        delete_search(search=search, by=stranger)
    with pytest.raises(NotAllowedError):
        change_search(search=search, frequency=Frequency.WEEKLY, by=stranger)
    delete_search(search=search, by=factories.actor(aino))

    assert not SavedSearch.objects.exists()


def test_visitor_is_told_nothing_before_the_address_is_confirmed(firm):
    asked()
    factories.profile(firm, offered="Oak boards.")

    assert tell_searches(now=timezone.now() + DAY) == 0


def test_confirmed_visitor_is_told(firm):
    asked()
    confirm_search(token=token_to())
    factories.profile(firm, offered="Oak boards.")

    assert tell_searches(now=timezone.now() + DAY) == 1
    assert Letter.objects.get(template="search_told").to_address == "visitor@example.org"


def test_confirmed_twice_changes_nothing(db):
    asked()
    first = confirm_search(token=token_to(), now=timezone.now() - DAY)

    assert confirm_search(token=token_to()).confirmed_at == first.confirmed_at


def test_program_gets_no_letter(db):
    assert asked(is_trapped=True) is None
    assert not Letter.objects.exists()


def test_address_gets_few_letters_that_nobody_confirmed(db):
    for _number in range(30):
        asked()

    assert Letter.objects.count() < 10


def test_search_that_nobody_confirms_vanishes_after_a_week(db, aino):
    asked()
    owned = kept(aino)

    take_what_is_due(timezone.now() + 6 * DAY)
    assert SavedSearch.objects.count() == 2

    take_what_is_due(timezone.now() + 7 * DAY + timedelta(minutes=1))
    assert list(SavedSearch.objects.all()) == [owned]


def test_link_of_a_letter_ends_it_and_forgets_the_address(firm):
    search = asked()
    confirm_search(token=token_to())
    signed = stop_path(search).split("/")[-2]

    stop_search(signed=signed)

    assert not SavedSearch.objects.exists()
    with pytest.raises(SearchLinkTooOldError):
        stop_search(signed=signed)


@pytest.mark.parametrize("signed", ["", "guess", "sch_0000000000000000:forged"])
def test_forged_link_ends_nothing(db, signed):
    with pytest.raises(SearchLinkTooOldError):
        stop_search(signed=signed)


class TestAtOnce:
    """Several workers and one search, in real transactions."""

    pytestmark = pytest.mark.django_db(transaction=True)
    WORKERS = 8

    @pytest.fixture
    def search(self):
        search = kept(factories.person("Aino Salo"))
        factories.profile(
            factories.company("Stolarnia Dąb", host=factories.host("PL")), offered="Oak boards."
        )
        return search

    def more(self, search, count: int) -> list[SavedSearch]:
        """More searches of its owner, as old as it is."""
        made = [kept(search.owner) for _number in range(count)]
        SavedSearch.objects.update(confirmed_at=search.confirmed_at)
        return made

    def tell(self, search, workers: int) -> list[object]:
        return self.tell_all([search] * workers)

    def tell_all(self, searches) -> list[object]:
        """Each search by a worker of its own, all at a time."""
        start, now = Barrier(len(searches)), timezone.now() + DAY

        def run(search):
            try:
                start.wait(timeout=30)
                return tell_search(search.pk, now=now)
            except Exception as error:
                return type(error).__name__
            finally:
                connection.close()

        with ThreadPoolExecutor(len(searches)) as pool:
            return list(pool.map(run, searches))

    def test_one_letter_is_written(self, search):
        results = self.tell(search, self.WORKERS)

        assert results.count(True) == 1
        assert results.count(False) == self.WORKERS - 1
        assert Letter.objects.filter(template="search_told").count() == 1
        assert SearchHit.objects.count() == 1

    def test_without_lock_and_memory_there_would_be_two(self, search, monkeypatch):
        """The control: both protections are off, and both workers write."""
        both_have_read = Barrier(2)

        def unlocked(pk, now):
            found = SavedSearch.objects.select_related("owner").get(pk=pk)
            both_have_read.wait(timeout=10)
            return found

        monkeypatch.setattr(saved_searches, "_locked", unlocked)
        monkeypatch.setattr(SearchHit.objects, "bulk_create", lambda hits: list(hits))

        assert self.tell(search, 2) == [True, True]
        assert Letter.objects.filter(template="search_told").count() == 2

    def test_one_reader_with_many_searches_gets_one_letter(self, search):
        results = self.tell_all([search, *self.more(search, self.WORKERS - 1)])

        assert sorted(results, key=str) == [False] * (self.WORKERS - 1) + [True]
        assert Letter.objects.filter(template="search_told").count() == 1

    def test_without_the_turns_of_a_reader_there_would_be_two(self, search, monkeypatch):
        """The control: nobody waits, and both have read before either writes."""
        both_have_read, news = Barrier(2), saved_searches._news

        def read_together(one):
            found = list(news(one))
            both_have_read.wait(timeout=10)
            return found

        monkeypatch.setattr(saved_searches, "_wait_for_turn", lambda _search: None)
        monkeypatch.setattr(saved_searches, "_news", read_together)

        assert self.tell_all([search, *self.more(search, 1)]) == [True, True]
        assert Letter.objects.filter(template="search_told").count() == 2
