"""The size class of an enterprise by Recommendation 2003/361/EC."""

from companies.choices import SizeClass

# Staff below; turnover or balance sheet up to, in million euros (Article 2 of the annex).
CEILINGS = (
    (SizeClass.MICRO, 10, 2.0, 2.0),
    (SizeClass.SMALL, 50, 10.0, 10.0),
    (SizeClass.MEDIUM, 250, 50.0, 43.0),
)


def size_class(
    employees: int | None, turnover: float | None = None, balance: float | None = None
) -> SizeClass:
    """The class of an autonomous enterprise; staff decides, and one of turnover and balance sheet must fit.

    `turnover` and `balance` are in million euros; what is not known does not speak against a class.
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
