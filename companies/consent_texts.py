"""What a company agrees to, word for word. A consent keeps the hash of the text that was shown."""

import hashlib

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from companies.choices import Purpose

TEXTS: dict[Purpose, Promise] = {
    Purpose.SHARE_WITH_BROKER: _(
        "We agree that our broker may share our file with the named innovation broker in another country."
    ),
    Purpose.PUBLISH_ANONYMOUS: _(
        "We agree that TIBS publishes our cooperation profile without our name, and shows it to brokers and visitors."
    ),
    Purpose.PUBLISH_NAMED: _("We agree that TIBS publishes our cooperation profile together with our name."),
    Purpose.SYNDICATE: _("We agree that TIBS passes our anonymous cooperation profile on to partner sites."),
    Purpose.SUCCESS_STORY: _("We agree that TIBS tells about our cooperation as a success story."),
    Purpose.SURVEYS: _("We agree that TIBS asks us to take part in surveys."),
}


def words_of(purpose: Purpose, language: str) -> str:
    """The text for `purpose` as it reads in `language`."""
    with override(language):
        return str(TEXTS[purpose])


def text_hash(purpose: Purpose, language: str) -> str:
    """SHA-256 of the text for `purpose` as it reads in `language`."""
    return hashlib.sha256(words_of(purpose, language).encode()).hexdigest()
