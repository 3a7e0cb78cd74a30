"""Which of a profile's texts a reader sees."""

from companies.models import CooperationProfile, ProfileText


def best_text(profile: CooperationProfile, part: str, language: str) -> ProfileText | None:
    """The text whose `part` (title, summary, …) is written: in `language`, else in English, else the original.

    Reads `profile.texts`, which lists prefetch.
    """
    texts = {text.language: text for text in profile.texts.all()}
    original = [text for text in texts.values() if text.is_original]
    wanted = [texts.get(language), texts.get("en"), *original]
    return next((text for text in wanted if text and getattr(text, part)), None)


def original_text(profile: CooperationProfile) -> ProfileText:
    """The text that the company wrote itself."""
    return next(text for text in profile.texts.all() if text.is_original)
