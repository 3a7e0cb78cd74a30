"""Estonian: Django groups no digits, begins the week on Sunday and reads American dates."""

DATETIME_FORMAT = "j. F Y, G:i"
YEAR_MONTH_FORMAT = "F Y"
SHORT_DATETIME_FORMAT = "d.m.Y, G:i"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M"]
THOUSAND_SEPARATOR = "\N{NO-BREAK SPACE}"
NUMBER_GROUPING = 3
