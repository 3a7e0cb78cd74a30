"""What the pages of a profile's publication say: on its buttons, of what is done, of why it is not shown."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from companies.profile_stages import Act, Guard

BUTTONS: dict[Act, Promise] = {
    Act.SEND: _("Send to the second reader"),
    Act.PUBLISH: _("Publish"),
    Act.RENEW: _("Renew for a year"),
    Act.TAKE_BACK: _("Take back and write on"),
    Act.WITHDRAW: _("Withdraw for good"),
}
MET: dict[Guard, Promise] = {
    Guard.SERVED: _("The company takes part."),
    Guard.REVIEWED: _("A second reader found exactly these words ready."),
    Guard.APPROVED: _("The company approved exactly these words."),
    Guard.NAMELESS: _("The words give nobody away."),
    Guard.CONSENTED: _("The company agrees to the publication of its anonymous profile."),
    Guard.UNBLOCKED: _("No barrier blocks the area."),
}
# Why a profile that counts as published is not shown, for its broker and for its own company.
HIDDEN: dict[Guard, Promise] = {
    Guard.SERVED: _("It is not shown now: the company does not take part. It comes back with the company."),
    Guard.RUNNING: _("It is not shown any more: its time is over."),
    Guard.CONSENTED: _(
        "It is not shown now: the company's consent was taken back or has ended. Ask the company to give it again, "
        "or write down its answer."
    ),
}
OWN_HIDDEN: dict[Guard, Promise] = {
    Guard.SERVED: _(
        "Your profile is not shown now, because your company does not take part at present. Your broker can tell you "
        "more."
    ),
    Guard.RUNNING: _("Your profile is not shown any more: its time is over. Your broker can tell you more."),
    Guard.CONSENTED: _(
        "Your profile is not shown now: your consent to its publication was taken back or has ended. Once you give it "
        "again, the profile is shown at once."
    ),
}
VERDICTS: dict[str, Promise] = {
    "excellent": _("excellent"),
    "good": _("good"),
    "sufficient": _("sufficient"),
    "insufficient": _("not sufficient"),
}
