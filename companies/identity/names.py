"""Names of firms without accents, punctuation and legal forms, for comparing only."""

import re

from tibs.core.search_text import fold

LONGEST = 200
# `S.A.`, `A/S`, `z o.o.`: a letter, a dot or slash, and a letter that stands alone, become one word.
ABBREVIATION = re.compile(r"\b(\w)[./](?=\w\b)")
SEPARATORS = re.compile(r"[\W_]+")

# Folded, longest first within a language; each may stand before or after the name.
FORMS = (
    # Poland
    "spolka z ograniczona odpowiedzialnoscia", "spolka komandytowo akcyjna", "prosta spolka akcyjna",
    "spolka akcyjna", "spolka komandytowa", "spolka jawna", "spolka partnerska", "spolka cywilna",
    "sp z o o", "sp z oo", "sp zoo", "spzoo", "spolka", "sp k", "sp j", "sp p", "spk", "spj", "ska", "psa", "sa",
    "sc",
    # Finland, Sweden
    "julkinen osakeyhtio", "kommandiittiyhtio", "avoin yhtio", "osakeyhtio", "osuuskunta", "toiminimi", "oyj",
    "oy", "abp", "ab", "ky", "ay", "osk", "tmi",
    # Denmark
    "aktieselskab", "anpartsselskab", "interessentskab", "kommanditselskab", "aps", "amba", "fmba", "ivs", "ks",
    "as", "ps",
    # Germany
    "gesellschaft mit beschrankter haftung", "unternehmergesellschaft haftungsbeschrankt", "aktiengesellschaft",
    "kommanditgesellschaft", "ug haftungsbeschrankt", "ggmbh", "gmbh", "mbh", "kgaa", "partg mbb", "partg", "ohg",
    "gbr", "ag", "kg", "ug", "ek", "eg", "ev", "e k", "e g", "e v",
    # Estonia
    "usaldusuhing", "aktsiaselts", "osauhing", "taisuhing", "mittetulundusuhing", "sihtasutus", "mtu", "ou", "tu",
    "uu", "fie",
    # Latvia
    "sabiedriba ar ierobezotu atbildibu", "kooperativa sabiedriba", "individualais komersants",
    "akciju sabiedriba", "pilnsabiedriba", "zemnieku saimnieciba", "sia", "ik", "zs", "vas",
    # Lithuania
    "uzdaroji akcine bendrove", "akcine bendrove", "individuali imone", "mazoji bendrija", "viesoji istaiga",
    "uab", "vsi", "mb", "ij", "ii", "tub", "kub",
    # European forms, and what joins two forms
    "se", "co", "und", "and", "publ",
)  # fmt: skip
_FORMS = frozenset(tuple(form.split()) for form in FORMS)
_LONGEST_FORM = max(map(len, _FORMS))


def name_key(name: str) -> str:
    """The name as firms are compared: `UAB „Žalia Girelė“` becomes `zalia girele`.

    Legal forms of the seven countries go from either end. A name that consists of nothing else stays.
    """
    text = ABBREVIATION.sub(r"\1", fold(name[:LONGEST]))
    words = SEPARATORS.sub(" ", text).split()
    while size := _form_at_end(words):
        words = words[:-size]
    while size := _form_at_end(words, at_start=True):
        words = words[size:]
    return " ".join(words)[:LONGEST].rstrip()


def _form_at_end(words: list[str], *, at_start: bool = False) -> int:
    """How many words at one end are a legal form; never all of them."""
    for size in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
        if tuple(words[:size] if at_start else words[-size:]) in _FORMS:
            return size
    return 0
