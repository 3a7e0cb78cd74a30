"""Forms that ask what a model asks."""

import pytest

from matching.forms.agreements import AgreementForm
from matching.forms.follow_ups import FollowUpForm
from matching.forms.strategies import StrategyForm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("form_class", "most"), [(AgreementForm, 1000), (FollowUpForm, 1000), (StrategyForm, 2000)]
)
def test_long_texts_are_counted_and_never_cut_by_the_browser(form_class, most):
    form = form_class()

    assert form.long_texts
    for name in form.long_texts:
        assert form.fields[name].most == most
        assert "maxlength" not in str(form[name])
