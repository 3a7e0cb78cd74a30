"""The eight languages of TIBS, named as their speakers name them."""

from django.utils.translation import get_language_info

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


def language_name(code: str) -> str:
    """The name of a language in the language of the reader."""
    return str(get_language_info(code)["name_translated"])
