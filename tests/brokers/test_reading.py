"""Second readers: who is asked to read a text from another country."""

from hypothesis import given
from hypothesis import strategies as st

from brokers.reading import Code, Reader, Words, rank

WORDS = Words(country="PL", original="pl", languages=frozenset({"pl", "en"}), domain="WOOD")


def reader(number=1, country="FI", languages=("en",), domains=(), open_readings=0, is_away=False):
    return Reader(number, country, frozenset(languages), frozenset(domains), open_readings, is_away)


def order(*readers):
    return [ranked.id for ranked in rank(WORDS, readers)]


def test_nobody_of_the_same_country_reads():
    assert order(reader(country="PL")) == []


def test_who_reads_the_original_comes_before_who_reads_a_translation():
    assert order(reader(1), reader(2, languages=("pl",))) == [2, 1]


def test_who_knows_the_domain_comes_before_who_does_not():
    assert order(reader(1), reader(2, domains=("WOOD",))) == [2, 1]


def test_who_has_less_to_read_comes_first():
    assert order(reader(1, open_readings=3), reader(2)) == [2, 1]


def test_who_is_away_comes_after_everybody_who_can_read():
    away = reader(1, languages=("pl",), domains=("WOOD",), is_away=True)

    assert order(away, reader(2, open_readings=9)) == [2, 1]


def test_who_reads_none_of_the_languages_comes_last_whatever_else_fits():
    blind = reader(1, languages=("fi",), domains=("WOOD",))

    assert order(blind, reader(2, open_readings=9, is_away=True)) == [2, 1]


def test_reasons_name_language_domain_and_load():
    best = rank(WORDS, [reader(languages=("pl", "en"), domains=("WOOD",), open_readings=2)])[0]

    assert [reason.as_json() for reason in best.reasons] == [
        {"code": Code.READS_ORIGINAL, "language": "pl"},
        {"code": Code.KNOWS_DOMAIN, "domain": "WOOD"},
        {"code": Code.READINGS, "number": 2},
    ]


def test_reasons_say_what_does_not_fit():
    away = rank(WORDS, [reader(languages=("fi",), is_away=True)])[0]

    assert {reason.code for reason in away.reasons} == {
        Code.READS_NOTHING,
        Code.READINGS,
        Code.READER_AWAY,
    }


readers = st.lists(
    st.builds(
        Reader,
        id=st.integers(1, 99),
        country=st.sampled_from(["PL", "FI", "DE"]),
        languages=st.frozensets(st.sampled_from(["pl", "en", "fi"])),
        domains=st.frozensets(st.sampled_from(["WOOD", "FOOD"])),
        open_readings=st.integers(0, 50),
        is_away=st.booleans(),
    ),
    unique_by=lambda one: one.id,
    max_size=8,
)


@given(readers, st.randoms())
def test_the_order_of_the_question_does_not_change_the_answer(known, chance):
    shuffled = known[:]
    chance.shuffle(shuffled)

    assert rank(WORDS, known) == rank(WORDS, shuffled)


@given(readers)
def test_points_stay_between_0_and_100(known):
    assert all(0 <= ranked.points <= 100 for ranked in rank(WORDS, known))
