"""Every model whose rows belong to somebody says who sees them."""

from tests.architecture.judging import judge
from tests.architecture.test_models import our_models

# Reference data and the platform's own bookkeeping belong to nobody.
OF_NOBODY = {"regions", "events"}


def test_rows_of_somebody_say_who_sees_them():
    """`Model.objects.visible_to(actor)`, or a reason why nobody asks for these rows alone."""
    breaches = {
        model._meta.label: "has no visible_to(actor)"
        for model in our_models()
        if model._meta.app_label not in OF_NOBODY and not hasattr(model._default_manager.all(), "visible_to")
    }

    judge(
        "rows that everybody reaches",
        breaches,
        mend="Give its queryset visible_to(actor), or say through what it is reached.",
    )
