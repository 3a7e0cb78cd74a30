"""The size class of an enterprise by Recommendation 2003/361/EC."""

from companies.choices import MoneyBand, SizeClass

# Staff below; turnover or balance sheet up to, in million euros (Article 2 of the annex).
CEILINGS = (
    (SizeClass.MICRO, 10, 2.0, 2.0),
    (SizeClass.SMALL, 50, 10.0, 10.0),
    (SizeClass.MEDIUM, 250, 50.0, 43.0),
)
# The most that each band can mean; the edges of the bands are the ceilings, so any value inside decides alike.
HIGHEST = {
    MoneyBand.TO_2: 2.0,
    MoneyBand.TO_10: 10.0,
    MoneyBand.TO_43: 43.0,
    MoneyBand.TO_50: 50.0,
    MoneyBand.OVER_50: float("inf"),
}


def size_class(
    employees: int | None, turnover: float | None = None, balance: float | None = None
) -> SizeClass:
    """The class of an enterprise; staff decides, and one of turnover and balance sheet must fit.

    `turnover` and `balance` are in million euros; what is not known does not speak against a class. The figures of
    a partner or linked enterprise hold those of the others too (Article 6): linked ones whole, partners by their share.
    """
    if employees is None:
        return SizeClass.UNKNOWN
    for size, staff, most_turnover, most_balance in CEILINGS:
        money = [
            known <= most
            for known, most in ((turnover, most_turnover), (balance, most_balance))
            if known is not None
        ]
        if employees < staff and (not money or any(money)):
            return size
    return SizeClass.LARGE


def size_class_by_bands(employees: int | None, turnover_band: str, balance_band: str) -> SizeClass:
    """The class where turnover and balance sheet are known by their bands, or not at all ('')."""
    turnover, balance = (HIGHEST[MoneyBand(band)] if band else None for band in (turnover_band, balance_band))
    return size_class(employees, turnover, balance)
