"""Lithuanian: Django groups digits with a full stop."""

THOUSAND_SEPARATOR = "\N{NO-BREAK SPACE}"
