"""What leads to some company whatever its name is: addresses, phone numbers, and numbers of registers."""

import re
from collections.abc import Iterator

from companies.profiles.findings import Finding, Severity

TOP_LEVELS = (
    "com|net|org|eu|info|biz|io|app|shop|pl|fi|dk|de|ee|lt|lv|se|no|uk|ru|cz|ai|co|tech|group|online|"
    "nl|fr|ch|sk|hu|ua"
)
# Where “dot” stands as a word, only endings that no sentence goes on with (“each dot no longer than”, “a dot group”).
PLAIN_LEVELS = "com|org|eu|pl|fi|dk|de|ee|lt|lv|se|uk|nl|cz"
AT = r"(?:@|[(\[]\s?(?:at|małpa|ät|ætt)\s?[)\]])"
BRACKETED_DOT = r"\s?[(\[]\s?(?:dot|kropka|piste|punkt|punktum|taškas|punkts)\s?[)\]]\s?"
DIGITS = r"\(?[0-9](?:[\s()/.-]{0,2}[0-9])"
# The stems of “telephone”, “mobile” and “fax” in the eight languages, with what may stand between them and the number.
PHONE = (
    r"tel|tele(?:f|ph)on\w{0,12}|phone|cell|cellphone|mob|mobil\w{0,12}|mobiil\w{0,12}|handy\w{0,8}|rufnummer|kom|"
    r"komórk\w{1,5}|puh|puhelin\w{0,8}|matkapuhelin\w{0,8}|kännykkä|gsm|tlf|tālr|tālru\w{1,6}|fax|faks\w{0,3}"
)
NUMBER = r"(?:(?:no|nr|num\w{2,6}|nummer|numurs)\b[.:\s]{1,3})?"
CALLING = (
    r"call|ring|dzwo\w{1,6}|zadzwo\w{1,6}|soit\w{1,6}|helist\w{1,6}|skambin\w{1,6}|zvan\w{1,6}|anruf\w{0,4}"
)
# In the order in which they are looked for: an e-mail holds a domain, and a web address may hold digits.
PATTERNS: list[tuple[str, Severity, re.Pattern[str]]] = [
    (code, Severity.BLOCKER, re.compile(pattern, re.IGNORECASE))
    for code, pattern in (
        ("email", rf"[\w.+-]{{1,64}}\s?{AT}\s?[\w-]{{1,63}}(?:(?:\.|{BRACKETED_DOT}|\sdot\s)[\w-]{{1,63}})+"),
        ("web", r"(?:https?://|www\.)[^\s<>\"]+"),
        (
            "web",
            rf"(?<![\w@./-])(?!(?:asp|vb|ado|ml)\.net\b)[a-z0-9][a-z0-9-]{{1,62}}(?:\.[a-z0-9-]{{2,63}})*"
            rf"\.(?:{TOP_LEVELS})(?![\w-]|\.\w)(?:/[^\s<>\"]*)?",
        ),
        (
            "web",
            rf"(?<![\w-])[a-z0-9][a-z0-9-]{{1,62}}"
            rf"(?:{BRACKETED_DOT}(?:{TOP_LEVELS})|\sdot\s(?:{PLAIN_LEVELS}))(?![\w-])",
        ),
        ("phone", r"(?<![\w.+])(?:\+|00)[1-9][0-9]{0,2}[\s()/.-]{0,3}(?:[0-9][\s()/.-]{0,2}){6,12}[0-9]"),
        ("phone", rf"\b(?:{PHONE})\b[.:\s]{{1,3}}{NUMBER}{DIGITS}{{5,12}}"),
        (
            "number",
            r"\b(?:HR[AB]\s?[0-9]{2,6}|(?:KRS|NIP|REGON|CVR|Y-tunnus|USt-?IdNr)\b[.:\s-]{0,3}[0-9][0-9 -]{5,13})",
        ),
        (
            "number",
            r"\b(?:PL ?[0-9]{10}|FI ?[0-9]{8}|DK ?[0-9]{8}|DE ?[0-9]{9}|EE ?[0-9]{9}|"
            r"LT ?(?:[0-9]{12}|[0-9]{9})|LV ?[0-9]{11})\b",
        ),
        (
            "address",
            r"\b(?:(?:ul|al|pl|os)\.\s?\w[\w .-]{2,30}?|[\w-]{3,25}(?:stra(?:ß|ss)e|str\.|weg|platz|allee|"
            r"katu|kuja|väylä|vej|gade|gatan|vägen)|[\w-]{3,25}\s(?:g\.|pr\.|iela|bulvāris|prospekts|tn|tee|mnt|pst|street|road|avenue))"
            r"\s[0-9]{1,4}[a-z]?\b",
        ),
    )
]
GROUPS = re.compile(r"(?<![\w.,+/-])[0-9]+(?:[\s-][0-9]+)*(?![\w/]|[.,][0-9])")
CALLED = re.compile(rf"\b(?:{CALLING})\b[:\s]{{1,2}}(?:\w{{2,7}}\s)?\Z", re.IGNORECASE)
# A standard, a customs code or a currency in front, and a unit or a currency behind, tell what a figure is.
NAMED_BEFORE = re.compile(r"(?:\b[A-Z]{2,6}|[€$£])[\s-]?\Z")
UNIT_AFTER = re.compile(
    r"\s?(?:[%€$£×]|(?:euro?s?|eur|pln|zł|dkk|sek|nok|usd|kr|mm|cm|km|kg|kwh|mwh|gwh|tonn\w*|ton|litr\w*|pcs|pieces?|"
    r"szt\w*|stk|stück|kpl|tk|vnt|gab|x|m|t|l|m[23²³])\b)",
    re.IGNORECASE,
)
YEARS = re.compile(r"(?:19|20)[0-9]{2}\b|[0-9]{2}-[0-9]{2}-(?:19|20)[0-9]{2}\b")
THOUSANDS = r"[0-9]{1,3}(?:\s[0-9]{3})+"
# `2 345 678 901`, a range of such figures, and a code of the Common Procurement Vocabulary.
FIGURES = re.compile(rf"[0-9]{{1,2}}(?:\s[0-9]{{3}})+|{THOUSANDS}(?:\s?-\s?{THOUSANDS})+|[0-9]{{8}}-[0-9]")
FEWEST_DIGITS, FEWEST_WHEN_CALLED, MOST_DIGITS = 9, 7, 11


def addresses_and_numbers(field: str, text: str) -> Iterator[Finding]:
    """What blocks in every text, by the words around it or by its form."""
    for code, severity, pattern in PATTERNS:
        for found in pattern.finditer(text):
            yield Finding(code, severity, field, *found.span())


def bare_numbers(field: str, text: str) -> Iterator[Finding]:
    """Digits that may be a phone number: advice, because a figure may look the same."""
    for found in GROUPS.finditer(text):
        before, after = text[max(0, found.start() - 24) : found.start()], text[found.end() :][:12]
        digits = sum(sign.isdigit() for sign in found[0])
        fewest = FEWEST_WHEN_CALLED if CALLED.search(before) else FEWEST_DIGITS
        if fewest <= digits <= MOST_DIGITS and not _is_figure(before, found[0], after):
            yield Finding("phone", Severity.MAJOR, field, *found.span())


def _is_figure(before: str, digits: str, after: str) -> bool:
    """Whether a group of digits is an amount, a size, a year, a standard or a code."""
    return bool(
        digits.endswith("000")
        or YEARS.match(digits)
        or FIGURES.fullmatch(digits)
        or UNIT_AFTER.match(after)
        or NAMED_BEFORE.search(before)
    )
