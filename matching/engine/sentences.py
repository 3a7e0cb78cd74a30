"""Text to sentences, in any of the eight languages, for the encoder and for quotes.

Rules rather than a model: a break needs an end mark, white space and a likely beginning. What is no sentence
(bullets, headings, lines without an end mark) counts as one a line.
"""

import re

# Name the rules anew when they change: vectors are kept for the sentences of one set of rules.
RULES = "sentences-2"
MAX_SENTENCES = 12
MAX_CHARACTERS = 300
MIN_CHARACTERS = 3

# Words before a full stop that does not end a sentence: company forms, titles, units, "for example".
_SHORT_FORMS = """
e.g i.e etc inc ltd co corp no nr vs dr prof mr mrs ms st approx fig dept est incl excl max min tel
np tzw tzn m.in itp itd ul godz mln mld tys woj sp z o.o s.a al pl wg
esim ns mm ym jne k.a oy ab ks vrt kpl
f.eks bl.a dvs osv ca kr mio mia evt jf pga vha mht tlf
z.b d.h u.a bzw ggf inkl exkl usw evtl vgl sog abs bspw str jh zzgl
nt jne vms s.t s.o lk tn jms jpt
pvz t.y t.t pan kt gyv proc tūkst mlrd vnt
piem u.c u.tml t.i t.sk utt plkst milj lpp
"""
_ABBREVIATIONS = frozenset(_SHORT_FORMS.split())
_BULLET = re.compile(r"^\s*(?:[-*+•‣▪●○·–—]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+")
_END = re.compile(r"[.!?…]+[\"'”’“»)\]]*\s+")
_OPENING = "\"'“„‘«(["
_CLAUSE = re.compile(r"[;:,]\s|\s[–—-]\s")


def split_sentences(text: str, limit: int = MAX_SENTENCES, max_characters: int = MAX_CHARACTERS) -> list[str]:
    """Return at most `limit` sentences of at most `max_characters`, in order, white space made single.

    Longer sentences are cut at a clause or a word. Repeated sentences are given once. Nothing readable: [].
    """
    found: dict[str, None] = {}
    for line in text.replace("\0", " ").splitlines():
        for sentence in _sentences_of_line(_BULLET.sub("", line)):
            for piece in _pieces(" ".join(sentence.split()), max_characters):
                if sum(letter.isalnum() for letter in piece) >= MIN_CHARACTERS:
                    found.setdefault(piece)
                if len(found) >= limit:
                    return list(found)
    return list(found)


def _sentences_of_line(line: str) -> list[str]:
    sentences, start = [], 0
    for mark in _END.finditer(line):
        begins = not line[mark.end() :].lstrip(_OPENING)[:1].islower()
        if begins and not _is_abbreviation(line[start : mark.start() + 1]):
            sentences.append(line[start : mark.end()])
            start = mark.end()
    return [*sentences, line[start:]]


def _is_abbreviation(before: str) -> bool:
    """Tell whether the full stop that ends `before` belongs to a short form, an initial or an ordinal."""
    if not before.endswith("."):
        return False
    words = before[:-1].split()
    word = words[-1].lstrip(_OPENING).casefold() if words else ""
    ordinal = word.isdigit() and len(word) <= 2
    return word in _ABBREVIATIONS or ordinal or (len(word) == 1 and word.isalpha())


def _pieces(sentence: str, max_characters: int) -> list[str]:
    pieces = []
    # Cut well before the limit, so that no tail is too short to say anything alone.
    reach = max(1, max_characters * 4 // 5)
    while len(sentence) > max_characters:
        head = sentence[:reach]
        breaks = [mark.end() for mark in _CLAUSE.finditer(head)]
        cut = max((at for at in breaks if at > reach // 2), default=0) or head.rfind(" ") + 1
        cut = cut or reach
        pieces.append(sentence[:cut].strip())
        sentence = sentence[cut:].strip()
    return [*pieces, sentence]
