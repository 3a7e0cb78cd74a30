"""Forms about the people of an organisation."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brokers.models import HostOrganisation
from brokers.models.membership import ORGANISATION_ROLES
from brokers.services.leaving import colleagues, proposed_successor
from tibs.accounts.models import User
from tibs.accounts.roles import PLATFORM_ROLES, ROLES
from tibs.core.forms import offer
from tibs.core.languages import LANGUAGES

LONGEST_PASSWORD = 128


class InvitationForm(forms.Form):
    """Whom to invite, to what, and the language of the letter."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"))
    language = forms.ChoiceField(label=_("Language of the letter"), choices=LANGUAGES)

    def __init__(self, *args: Any, organisation: HostOrganisation | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = ORGANISATION_ROLES if organisation else PLATFORM_ROLES
        offer(self, "role", [(str(code), ROLES[code].name) for code in roles])


class JoinForm(forms.Form):
    """A new account: how the person is called, and a password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters. A few words in a row are easy to remember."),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class AgreeForm(forms.Form):
    """Nothing to fill in: somebody with an account only agrees."""


class LeaveForm(forms.Form):
    """Who takes over from somebody who leaves; the deputy is proposed."""

    successor = forms.ChoiceField(label=_("Who takes over"), required=False)

    def __init__(self, *args: Any, user: User, organisation: HostOrganisation, **kwargs: Any) -> None:
        deputy = proposed_successor(user, organisation)
        kwargs.setdefault("initial", {"successor": deputy.public_id if deputy else ""})
        super().__init__(*args, **kwargs)
        self._people = {person.public_id: person for person in colleagues(user, organisation)}
        names = [
            (
                key,
                gettext("%(name)s (deputy)") % {"name": person.name} if person == deputy else person.name,
            )
            for key, person in self._people.items()
        ]
        offer(self, "successor", [("", _("Nobody")), *names])

    @property
    def has_colleagues(self) -> bool:
        return bool(self._people)

    def person(self) -> User | None:
        """The chosen colleague of a valid form."""
        return self._people.get(self.cleaned_data["successor"])
