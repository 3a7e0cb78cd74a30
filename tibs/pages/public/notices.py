"""What the privacy notice and the imprint state; every figure comes from where the product takes it."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companies.choices import Purpose
from companies.consent_texts import TEXTS
from tibs import figures


@dataclass(frozen=True)
class Operator:
    """Who runs this installation, as its settings name them; empty where they do not."""

    name: str
    address: tuple[str, ...]
    email: str

    @property
    def is_named(self) -> bool:
        return bool(self.name and self.address and self.email)


def operator() -> Operator:
    return Operator(
        name=settings.TIBS_OPERATOR_NAME,
        address=tuple(line.strip() for line in settings.TIBS_OPERATOR_ADDRESS.split("|") if line.strip()),
        email=settings.TIBS_CONTACT_EMAIL,
    )


def purposes() -> list[tuple[str, Promise]]:
    """What a firm may agree to, and the words that it agrees to."""
    return [(str(purpose.label), TEXTS[purpose]) for purpose in Purpose]


def retention() -> list[tuple[str, str]]:
    """What is kept, and for how long; the nightly run acts on the same figures."""
    renewed = _("%(life)s, once more if the firm renews it") % {"life": _days(figures.PROFILE_LIFE)}
    resting = _("%(life)s, then we give notice and erase it %(notice)s later") % {
        "life": _months(figures.DORMANT_COMPANY_MONTHS),
        "notice": _days(figures.NOTICE_BEFORE_ERASURE),
    }
    return [
        (_("A registration that nobody confirms"), _days(figures.UNCONFIRMED_REGISTRATION_LIFE)),
        (_("Interest in an opportunity that nobody confirms"), _days(figures.UNCONFIRMED_INTEREST_LIFE)),
        (_("Interest in an opportunity that was confirmed"), _("As long as the file of the firm")),
        (_("A saved search that nobody confirms"), _days(figures.UNCONFIRMED_SEARCH_LIFE)),
        (
            _("A saved search, and which profiles we told of for it"),
            _("Until you delete it, by the link in each of its letters or on the page of your searches"),
        ),
        (_("An assessment that nobody finishes"), _days(figures.DRAFT_ASSESSMENT_LIFE)),
        (_("A published profile"), renewed),
        (_("The file of a firm that we could not serve"), _months(figures.REFUSED_COMPANY_MONTHS)),
        (_("The file of a firm that no longer takes part"), resting),
        (
            _("A consent"),
            _("It counts for %(life)s; that it was given or withdrawn stays as proof")
            % {"life": _months(figures.CONSENT_LIFE_MONTHS)},
        ),
        (_("The list of who had contact data shown"), _months(figures.DISCLOSURE_MONTHS)),
        (_("What our letters said, and to whom"), _days(figures.LETTER_LIFE)),
        (_("The network address of a registration"), _days(figures.LETTER_LIFE)),
        (
            _("The record of who did what"),
            _("As long as the project answers for its work; names can be erased"),
        ),
    ]


def cookies() -> list[tuple[str, str, str]]:
    """Name, purpose and life of every cookie that TIBS may set."""
    hours = settings.SESSION_COOKIE_AGE // 3600
    return [
        (
            settings.SESSION_COOKIE_NAME,
            _("Keeps you logged in"),
            ngettext("%(hours)s hour", "%(hours)s hours", hours) % {"hours": hours},
        ),
        (
            settings.CSRF_COOKIE_NAME,
            _("Protects forms against misuse by other sites"),
            _days(timedelta(seconds=settings.CSRF_COOKIE_AGE)),
        ),
        (
            settings.DEVICE_COOKIE_NAME,
            _("Lets you log in while somebody else tries your password; set when you log in"),
            _days(figures.KNOWN_DEVICE_LIFE),
        ),
        (
            settings.LANGUAGE_COOKIE_NAME,
            _("Remembers the language that you choose"),
            _("Until you close the browser"),
        ),
    ]


def _days(time: timedelta) -> str:
    return ngettext("%(days)s day", "%(days)s days", time.days) % {"days": time.days}


def _months(number: int) -> str:
    return ngettext("%(months)s month", "%(months)s months", number) % {"months": number}
