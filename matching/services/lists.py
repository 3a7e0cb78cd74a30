"""The stored lists: which pairs stand, and the place of each in the lists of its two sides."""

from collections.abc import Collection, Iterable

from django.db import connection
from django.db.models import Q, QuerySet

from matching.engine.search import TOP
from matching.models import Match

# Whoever writes pairs or ranks holds this lock, so that a run and single updates never mix.
LOCK = "matching.results"

_SIDES = """
    SELECT id, first_id AS own, second_id AS partner, score, first_rank AS rank, TRUE AS is_first
    FROM matching_match WHERE is_current AND first_id = ANY(%(keys)s)
    UNION ALL
    SELECT id, second_id, first_id, score, second_rank, FALSE
    FROM matching_match WHERE is_current AND second_id = ANY(%(keys)s)
"""
_PLACES = f"""
    WITH sides AS ({_SIDES}), places AS (
        SELECT sides.id, is_first,
            row_number() OVER (PARTITION BY own ORDER BY score DESC, partners.public_id) AS place
        FROM sides JOIN companies_cooperationprofile AS partners ON partners.id = sides.partner
    )
    UPDATE matching_match AS pairs
    SET first_rank = CASE WHEN is_first THEN CASE WHEN place <= %(top)s THEN place END ELSE first_rank END,
        second_rank = CASE WHEN is_first THEN second_rank ELSE CASE WHEN place <= %(top)s THEN place END END
    FROM places
    WHERE places.id = pairs.id AND is_first = %(is_first)s
        AND CASE WHEN is_first THEN first_rank ELSE second_rank END
            IS DISTINCT FROM CASE WHEN place <= %(top)s THEN place END
"""  # noqa: S608  # made of constants
_FLOORS = f"""
    WITH sides AS ({_SIDES})
    SELECT own, min(score) FROM sides
    WHERE rank IS NOT NULL AND partner <> %(profile)s GROUP BY own HAVING count(*) >= %(top)s
"""  # noqa: S608  # made of constants


def pairs_of(keys: Collection[int]) -> QuerySet[Match]:
    """The standing pairs of these profiles."""
    return Match.objects.filter(Q(first__in=keys) | Q(second__in=keys), is_current=True)


def floors(keys: Iterable[int], profile: int) -> dict[int, float]:
    """The score that a pair with `profile` must reach to come into each of these profiles' lists, if they are full."""
    with connection.cursor() as cursor:
        cursor.execute(_FLOORS, {"keys": list(keys), "profile": profile, "top": TOP})
        return dict(cursor.fetchall())


def let_go(pairs: QuerySet[Match]) -> None:
    """These pairs stand no longer."""
    pairs.update(is_current=False, first_rank=None, second_rank=None)


def rank_again(keys: Collection[int]) -> None:
    """Number the lists of these profiles by score, ties by public id; a pair that is in no list stands no longer."""
    for is_first in (True, False):
        with connection.cursor() as cursor:
            cursor.execute(_PLACES, {"keys": list(keys), "top": TOP, "is_first": is_first})
    let_go(pairs_of(keys).filter(first_rank=None, second_rank=None))
