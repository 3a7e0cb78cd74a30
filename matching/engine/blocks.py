"""The named blocks a direction is made of, and the words people read for them."""


def gettext_noop(text: str) -> str:
    """Mark a text for translation; interfaces translate it."""
    return text


TEXT = "text"
DOMAIN = "domain"
AREA = "area"
COOPERATION = "cooperation"
BRANCH = "branch"
NICHE = "niche"
LANGUAGE = "language"
COUNTRY = "country"
SIZE = "size"
READINESS = "readiness"

# The order of the parts in every array of parts. NICHE has no columns: its products come from a table.
BLOCKS = (TEXT, DOMAIN, AREA, COOPERATION, BRANCH, NICHE, LANGUAGE, COUNTRY, SIZE, READINESS)
COLUMN_BLOCKS = tuple(block for block in BLOCKS if block != NICHE)

LABELS = {
    TEXT: gettext_noop("What is sought and what is offered"),
    DOMAIN: gettext_noop("Smart specialisation domain"),
    AREA: gettext_noop("Area of the value chain"),
    COOPERATION: gettext_noop("Kind of cooperation"),
    BRANCH: gettext_noop("Branch"),
    NICHE: gettext_noop("Line of business"),
    LANGUAGE: gettext_noop("Working languages"),
    COUNTRY: gettext_noop("Wished country"),
    SIZE: gettext_noop("Company size"),
    READINESS: gettext_noop("Readiness for partners"),
}

REASONS = {
    TEXT: gettext_noop("The offer fits the request."),
    DOMAIN: gettext_noop("Both work in the same smart specialisation domain."),
    AREA: gettext_noop("Their areas of the value chain complement each other."),
    COOPERATION: gettext_noop("Both want the same kind of cooperation."),
    BRANCH: gettext_noop("They work in related branches."),
    NICHE: gettext_noop("They work in the same line of business."),
    LANGUAGE: gettext_noop("They share a working language."),
    COUNTRY: gettext_noop("The country is one of those wished for."),
    SIZE: gettext_noop("Their sizes suit each other."),
    READINESS: gettext_noop("They are about equally ready for foreign partners."),
}

WEAK_POINTS = {
    TEXT: gettext_noop("The offer and the request have little in common."),
    DOMAIN: gettext_noop("They work in different smart specialisation domains."),
    AREA: gettext_noop("Their areas of the value chain do not complement each other."),
    COOPERATION: gettext_noop("They want different kinds of cooperation."),
    BRANCH: gettext_noop("They work in different branches."),
    NICHE: gettext_noop("They work in different lines of business."),
    LANGUAGE: gettext_noop("They name no common working language."),
    COUNTRY: gettext_noop("The country is not among those wished for."),
    SIZE: gettext_noop("Their sizes differ much."),
    READINESS: gettext_noop("One is much readier for foreign partners than the other."),
}

MISSING = {
    TEXT: gettext_noop("The text is missing."),
    DOMAIN: gettext_noop("The smart specialisation domain is missing."),
    AREA: gettext_noop("The area of the value chain is missing."),
    COOPERATION: gettext_noop("The kind of cooperation is missing."),
    BRANCH: gettext_noop("The branch is missing."),
    NICHE: gettext_noop("The exact line of business is missing."),
    LANGUAGE: gettext_noop("The working languages are missing."),
    COUNTRY: gettext_noop("No country is wished for."),
    SIZE: gettext_noop("The company size is missing."),
    READINESS: gettext_noop("The readiness is not assessed."),
}

ONE_DIRECTION = gettext_noop(
    "Only one direction could be compared, so this pair can reach at most half of the full score."
)
