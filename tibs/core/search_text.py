"""One folded column for searching: no text-search configuration exists for Polish and Latvian."""

import unicodedata

# Letters that do not decompose into a base letter and an accent.
LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d", "ı": "i"}
)


def fold(text: str) -> str:
    """Lower case without accents, white space squeezed: `Łódź  Žąsis` becomes `lodz zasis`."""
    if text.isascii():  # most long texts: ten times faster, which imports of many companies feel
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join("".join(c for c in decomposed.translate(LETTERS) if not unicodedata.combining(c)).split())


def folded(*texts: str) -> str:
    """The searchable text of a row, made of several of its values."""
    return " ".join(part for part in map(fold, texts) if part)
