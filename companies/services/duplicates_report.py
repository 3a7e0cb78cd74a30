"""How many companies of a network look like another one, and how long the search takes: counts, never rows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from statistics import median, quantiles
from time import perf_counter

from companies.identity import name_key
from companies.models import Company
from companies.services.duplicates import Why, suspicions_about

SYLLABLES = "kalomiratuvedreniolpobatajohe"  # two letters each
WORDS = """
    metal bud trans holz puu koks tech solutions group systems invest trade food energy marine design logistics
    service nordic baltic
"""
BATCH = 5000


@dataclass
class Findings:
    """Pairs of companies that look alike by their reasons, and the milliseconds of each search."""

    pairs: dict[frozenset[int], tuple[Why, ...]] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)

    @property
    def by_reason(self) -> Counter[Why]:
        return Counter(why for reasons in self.pairs.values() for why in reasons)

    @property
    def certain(self) -> int:
        return sum(not {Why.REGISTER_NUMBER, Why.VAT_NUMBER}.isdisjoint(why) for why in self.pairs.values())

    @property
    def several_reasons(self) -> int:
        return sum(len(why) > 1 for why in self.pairs.values())

    @property
    def middle(self) -> float:
        return median(self.milliseconds)

    @property
    def slow(self) -> float:
        """Nineteen of twenty searches are faster."""
        return quantiles(self.milliseconds, n=20)[-1]


def findings(companies: Iterable[Company]) -> Findings:
    """Look at every company as its broker would."""
    found = Findings()
    for company in companies:
        began = perf_counter()
        suspicions = suspicions_about(company)
        found.milliseconds.append(1000 * (perf_counter() - began))
        for suspicion in suspicions:
            found.pairs[frozenset({company.pk, suspicion.company.pk})] = suspicion.why
    return found


def invent(number: int, like: Company) -> None:
    """Add companies with invented names of the countries that there are, hosted as `like` is; always the same."""
    countries = list(Company.objects.order_by("country").values_list("country", flat=True).distinct())
    words = WORDS.split()
    for start in range(0, number, BATCH):
        Company.objects.bulk_create(
            _invented(position, countries, words, like)
            for position in range(start, min(start + BATCH, number))
        )


def _invented(position: int, countries: list[str], words: list[str], like: Company) -> Company:
    chance = blake2b(str(position).encode(), digest_size=8).digest()
    places = [2 * (byte % (len(SYLLABLES) // 2)) for byte in chance[: 2 + chance[7] % 3]]
    stem = "".join(SYLLABLES[place : place + 2] for place in places)
    ending = [words[byte % len(words)] for byte in chance[4 : 4 + chance[6] % 3]]
    name = " ".join([stem, *ending])
    return Company(
        name=name,
        name_key=name_key(name),
        web_domain=f"{stem}{position % 1000}.eu",
        country_id=countries[position % len(countries)],
        host=like.host,
        source="invented",
    )
