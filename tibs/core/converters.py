"""Route converters that take typed public ids, so that `/companies/<company:public_id>/` refuses a `prf_…`."""

from tibs.core.public_ids import ALPHABET, LENGTH

PREFIXES = {
    "company": "cmp",
    "profile": "prf",
    "match": "mat",
    "view_request": "vrq",
    "user": "usr",
    "organisation": "org",
    "run": "run",
    "invitation": "inv",
    "training": "trn",
    "site": "api",
    "assessment": "asm",
    "change": "chg",
    "view": "vie",
    "registration": "reg",
    "merge": "mrg",
    "introduction": "int",
    "expression": "eoi",
    "search": "sch",
    "review": "rvw",
    "cooperation": "cop",
    "meeting": "mtg",
    "agreement": "agr",
    "follow_up": "fup",
    "strategy": "jst",
}


class PublicIdConverter:
    """Matches `prefix_` and its random part as text."""

    regex = ""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


CONVERTERS: dict[str, type[PublicIdConverter]] = {
    name: type(f"{name.title()}Id", (PublicIdConverter,), {"regex": f"{prefix}_[{ALPHABET}]{{{LENGTH}}}"})
    for name, prefix in PREFIXES.items()
}
