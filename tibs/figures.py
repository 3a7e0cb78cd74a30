"""The figures of the service, in one place; pages that state one take it from here."""

from datetime import timedelta

PROFILE_LIFE = timedelta(days=365)
EXPIRES_SOON = timedelta(days=30)
SMALL_CELL = 5
API_REQUESTS, API_WINDOW = 120, timedelta(minutes=1)
# A consent counts for so long, then the firm is asked again; brokers see for some weeks that it ends.
CONSENT_LIFE_MONTHS = 24
CONSENT_ENDS_SOON = timedelta(days=60)
# What is kept no longer than it is needed.
UNCONFIRMED_REGISTRATION_LIFE = timedelta(days=7)
DRAFT_ASSESSMENT_LIFE = timedelta(days=90)
DORMANT_COMPANY_MONTHS = 24
REFUSED_COMPANY_MONTHS = 12
NOTICE_BEFORE_ERASURE = timedelta(days=30)
DISCLOSURE_MONTHS = 24
LETTER_LIFE = timedelta(days=30)
IDEMPOTENCY_LIFE = timedelta(days=1)
# Working days of the firm's country in which its broker answers: claims it, makes contact, assesses it.
CLAIM_DAYS, FIRST_CONTACT_DAYS, ASSESSMENT_DAYS = 2, 2, 15
# How long the link of an invitation works, and a key of the API at most.
INVITATION_LIFE = timedelta(days=7)
API_KEY_LIFE = timedelta(days=365)
