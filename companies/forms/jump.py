"""The jump box."""

from django import forms


class JumpForm(forms.Form):
    """A few letters of a name."""

    q = forms.CharField(max_length=100, required=False)
