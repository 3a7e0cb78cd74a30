"""What the filters of a list of companies offer a reader; every answer costs one query, however many companies."""

from collections.abc import Iterable

from django.db import connection
from django.utils.translation import gettext

from companies.models import Company
from regions.models import Country, NaceCode, Region
from regions.models.nace_code import NaceLevel
from regions.models.region import RegionLevel
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.accounts.permissions import Permission

type Choices = list[tuple[str, str]]

ME, NOBODY = "me", "nobody"
MOST_SOURCES = 50
# Each step jumps to the next source in the index, so that a million companies of three sources cost three steps.
SOURCES = """
    WITH RECURSIVE known(source) AS (
        (SELECT source FROM {table} ORDER BY source LIMIT 1)
        UNION ALL
        SELECT (SELECT source FROM {table} WHERE source > known.source ORDER BY source LIMIT 1)
        FROM known WHERE known.source IS NOT NULL
    )
    SELECT source FROM known
    WHERE source IS NOT NULL AND (%s OR EXISTS (
        SELECT 1 FROM {table} AS own WHERE own.source = known.source AND own.host_id = ANY(%s)
    ))
    LIMIT %s
"""


def reads_everything(actor: Actor) -> bool:
    return actor.may_everywhere(Permission.READ_COMPANIES)


def country_choices(actor: Actor) -> Choices:
    """All countries for readers of the whole network, those of the own organisations for everybody else."""
    countries = Country.objects.active().order_by("name")
    if not reads_everything(actor):
        countries = countries.filter(code__in=actor.countries)
    return list(countries.values_list("code", "name"))


def region_choices(countries: Iterable[str]) -> Choices:
    """The regions of a few countries, small ones below the one that they lie in."""
    regions = Region.objects.active().filter(country__in=countries, level__gte=RegionLevel.BASIC)
    return [
        (code, f"\N{EN SPACE}{name}" if level == RegionLevel.SMALL else name)
        for code, name, level in regions.order_by("code").values_list("code", "name", "level")
    ]


def owner_choices(actor: Actor) -> Choices:
    """The reader, nobody, and the colleagues; for readers of the whole network everybody who works with companies."""
    people = User.objects.filter(memberships__isnull=False, is_active=True)
    if not reads_everything(actor):
        people = people.filter(memberships__organisation__in=actor.organisations)
    colleagues = people.exclude(public_id=actor.id).order_by("name", "pk").distinct()
    own = [(ME, gettext("Me"))] if actor.organisations else []
    return [*own, (NOBODY, gettext("Nobody yet")), *colleagues.values_list("public_id", "name")]


def source_choices(actor: Actor) -> Choices:
    """Where companies came from."""
    sql = SOURCES.format(table=connection.ops.quote_name(Company._meta.db_table))
    with connection.cursor() as cursor:
        cursor.execute(sql, [reads_everything(actor), list(actor.organisations), MOST_SOURCES])
        return [(source, source) for (source,) in cursor.fetchall()]


def section_choices() -> Choices:
    """The sections of NACE: the widest branches."""
    sections = NaceCode.objects.active().filter(level=NaceLevel.SECTION)
    return [
        (code, f"{code} {label}") for code, label in sections.order_by("code").values_list("code", "label")
    ]
