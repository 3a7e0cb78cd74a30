"""The words for the codes of the data map: whose data, why, on what basis, how long. English, for the register."""

from tibs import figures

ABOUT = {
    "firms": "People at firms, and sole traders",
    "staff": "Everybody with an account: people at firms, brokers, coordinators and project staff",
    "nobody": "Nobody",
}
PURPOSES = {
    "service": "Giving the service that the firm asked for",
    "registration": "Taking in firms that register themselves",
    "partners": "Finding partners in other countries",
    "letters": "Writing to people about what waits for them",
    "account": "Signing in",
    "work": "Organising the work of brokers",
    "directory": "Showing the public who serves which region",
    "evidence": "Showing later who agreed to, saw and did what",
    "suppression": "Leaving out of imports who asked to be erased",
    "reference": "Reference data",
}
BASES = {
    "agreement": "Art. 6(1)(b) GDPR, the agreement with the firm; Art. 6(1)(e) for public host organisations",
    "consent": "Art. 6(1)(a) GDPR, consent to publication; Art. 6(1)(f) for facts from public registers",
    "interest": "Art. 6(1)(f) GDPR, legitimate interest",
    "duty": "Art. 6(1)(c) GDPR, the duty to prove consent and to honour erasure",
}
KEPT = {
    "file": (
        f"As long as the file of the firm: erased on request, {figures.REFUSED_COMPANY_MONTHS} months after a "
        f"refusal, or {figures.DORMANT_COMPANY_MONTHS} months after the work ended and "
        f"{figures.NOTICE_BEFORE_ERASURE.days} days after a notice"
    ),
    "registration": (
        f"{figures.UNCONFIRMED_REGISTRATION_LIFE.days} days without confirmation; otherwise as the file of the firm"
    ),
    "disclosure": f"{figures.DISCLOSURE_MONTHS} months",
    "letter": f"{figures.LETTER_LIFE.days} days; what a letter said is emptied when it is sent",
    "notice": (
        f"{figures.LETTER_LIFE.days} days once it was read or settled, {3 * figures.LETTER_LIFE.days} days otherwise; "
        "what somebody waits for, until it is done"
    ),
    "account": "As long as the account; it goes with the last firm or organisation that it serves",
    "session": "Until it ends, 12 hours at most",
    "membership": "As long as the person or organisation takes part in the project, and its records after that",
    "evidence": "As long as the project answers for its work; holds no names",
    "suppression": "As long as imports run; cannot be led back to anybody",
    "idempotency": f"{figures.IDEMPOTENCY_LIFE.days} day",
    "reference": "As long as it is valid",
}
