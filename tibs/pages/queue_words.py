"""What is to be done about each thing that waits, in one short sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from companies.choices import Purpose
from matching.choices import IntroductionStatus
from tibs.pages.queue_parts import NO_CONSENT, Part

WORDS: dict[Part, Promise] = {
    Part.REVIEW: _("Read a profile as second reader."),
    Part.CHANGES: _("Mend the profile: changes were asked for."),
    Part.PUBLISH: _("Publish the profile: the company approved it."),
    Part.QUESTION: _("Asks what you think of a match."),
    Part.APPROVAL: _("Approves the words of its profile."),
}
ACTS: dict[str, Promise] = {
    IntroductionStatus.DRAFT: _("Write the introduction and hear what the company says."),
    IntroductionStatus.COMPANY_AGREED: _("Send the introduction to the other broker."),
    IntroductionStatus.SENT: _("Confirm that you have the introduction."),
    IntroductionStatus.ACKNOWLEDGED: _("Put the introduction to the company."),
    IntroductionStatus.WITH_PARTNER: _("Hear what the company says to the introduction."),
    IntroductionStatus.ACCEPTED: _("Both agreed to the introduction, but something is missing. See to it."),
    IntroductionStatus.INTRODUCED: _("Tell how the first contact went."),
    IntroductionStatus.ON_HOLD: _("The introduction rests. Look at it when the day comes."),
}


def sentence_of(part: Part, text: str, number: int) -> str:
    """What to do; what a broker wrote down as the next step is said in the broker's own words."""
    if part is Part.INTRODUCTION:
        return str(ACTS.get(text, ""))
    if part is Part.FOLLOW_UP:
        return ngettext(
            "Ask what became of the agreement after %(months)s month.",
            "Ask what became of the agreement after %(months)s months.",
            number,
        ) % {"months": number}
    if part is Part.INTEREST:
        return str(_("Answer the interest in the profile %(reference)s.") % {"reference": text})
    if part is Part.PUBLISH and text == NO_CONSENT:
        return str(_("Ask for the consent to publication: the company approved its profile."))
    if part is Part.CONSENT:
        return str(_("Consent: %(purpose)s") % {"purpose": dict(Purpose.choices).get(text, "")})
    if part is Part.ENDING:
        return str(_("Profile: %(reference)s") % {"reference": text})
    return str(WORDS.get(part, text))
