"""Forms of duplicates and merges."""

from typing import Any

from django import forms

from companies.services.merging.values import CHOSEN


class DuplicateForm(forms.Form):
    """What somebody says about a company that looks like another one."""

    other = forms.CharField(max_length=24)
    act = forms.ChoiceField(
        choices=[(act, act) for act in ("apart", "ask_to_keep_ours", "ask_to_keep_theirs", "decline")]
    )


class MergeForm(forms.Form):
    """Which value of each fact is right, and the versions of the entries that were shown."""

    kept_version = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    absorbed_version = forms.IntegerField(min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CHOSEN:
            sides = [("kept", "kept"), ("absorbed", "absorbed")]
            self.fields[f"take_{name}"] = forms.ChoiceField(choices=sides, required=False)

    @property
    def take(self) -> set[str]:
        """Names of the facts whose value in the absorbed entry is right."""
        return {name for name in CHOSEN if self.data.get(f"take_{name}") == "absorbed"}

    @property
    def versions(self) -> tuple[int, int]:
        return self.cleaned_data["kept_version"], self.cleaned_data["absorbed_version"]
