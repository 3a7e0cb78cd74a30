"""Polish: Django writes short dates with hyphens and refuses dates that begin with the year."""

SHORT_DATE_FORMAT = "j.m.Y"
SHORT_DATETIME_FORMAT = "j.m.Y, H:i"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"]
THOUSAND_SEPARATOR = "\N{NO-BREAK SPACE}"
