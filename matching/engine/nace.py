"""Codes of NACE Rev. 2.1 as sections, divisions, groups and classes."""

# First division of each section in Rev. 2.1, where J is publishing and K telecommunication and software.
_SECTION_STARTS = (
    (1, "A"),
    (5, "B"),
    (10, "C"),
    (35, "D"),
    (36, "E"),
    (41, "F"),
    (46, "G"),
    (49, "H"),
    (55, "I"),
    (58, "J"),
    (61, "K"),
    (64, "L"),
    (68, "M"),
    (69, "N"),
    (77, "O"),
    (84, "P"),
    (85, "Q"),
    (86, "R"),
    (90, "S"),
    (94, "T"),
    (97, "U"),
    (99, "V"),
)


def normalise(code: str) -> str:
    """Return `25.62`, `25.6`, `25` or a section letter for any usual writing (`C25.62`, `2562`); else ''."""
    text = code.strip().upper()
    if len(text) == 1 and "A" <= text <= "V":
        return text
    digits = "".join(character for character in text.lstrip("ABCDEFGHIJKLMNOPQRSTUV") if character.isdigit())
    if len(digits) < 2:
        return ""
    return digits[:2] + ("." + digits[2:4] if len(digits) > 2 else "")


def section(code: str) -> str:
    """Return the section letter of a normalised code; '' for ''."""
    if not code or code[0].isalpha():
        return code
    division_number = int(code[:2])
    return max((start, letter) for start, letter in ((0, ""), *_SECTION_STARTS) if start <= division_number)[
        1
    ]


def division(code: str) -> str:
    """Return the two digits of a normalised code; '' for a section."""
    return "" if code[:1].isalpha() else code[:2]


def group(code: str) -> str:
    """Return the group (`25.6`) of a normalised code; '' where the code is coarser."""
    return code[:4] if len(code) >= 4 else ""
