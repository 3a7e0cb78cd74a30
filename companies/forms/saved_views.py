"""Forms of saved views."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from companies.choices import ListPlace

NO_STATE = {"cursor", "csrfmiddlewaretoken"}


class ViewForm(forms.Form):
    """The name of a view, who finds it, and when it shows."""

    name = forms.CharField(label=_("Name of the view"), max_length=80)
    is_shared = forms.BooleanField(label=_("Share it with my organisation"), required=False)
    is_default = forms.BooleanField(label=_("Show it when I open the page"), required=False)


class NewViewForm(ViewForm):
    """The same with the state that is to be kept."""

    place = forms.ChoiceField(choices=ListPlace.choices, widget=forms.HiddenInput)
    query = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)

    def clean_query(self) -> str:
        """The state alone: what is empty or belongs to a place in the list is left out."""
        given = QueryDict(self.cleaned_data["query"], mutable=True)
        kept = QueryDict(mutable=True)
        for name, values in given.lists():
            if name not in NO_STATE and any(values):
                kept.setlist(name, [value for value in values if value])
        return kept.urlencode()
