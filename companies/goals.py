"""The seventeen goals for sustainable development of the United Nations, by their numbers."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GOALS: dict[int, Promise] = dict(
    enumerate(
        (
            _("No poverty"),
            _("Zero hunger"),
            _("Good health and well-being"),
            _("Quality education"),
            _("Gender equality"),
            _("Clean water and sanitation"),
            _("Affordable and clean energy"),
            _("Decent work and economic growth"),
            _("Industry, innovation and infrastructure"),
            _("Reduced inequalities"),
            _("Sustainable cities and communities"),
            _("Responsible consumption and production"),
            _("Climate action"),
            _("Life below water"),
            _("Life on land"),
            _("Peace, justice and strong institutions"),
            _("Partnerships for the goals"),
        ),
        start=1,
    )
)
