"""The eight languages of TIBS, named as their speakers name them."""

LANGUAGES = [
    ("en", "English"),
    ("pl", "Polski"),
    ("fi", "Suomi"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("et", "Eesti"),
    ("lt", "Lietuvių"),
    ("lv", "Latviešu"),
]
LANGUAGE_CODES = [code for code, _ in LANGUAGES]
