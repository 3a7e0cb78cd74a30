"""The figures of the service, in one place; pages that state one take it from here."""

from datetime import time, timedelta

PROFILE_LIFE = timedelta(days=365)
EXPIRES_SOON = timedelta(days=30)
# A published profile may be renewed once, from so long before it ends; its firm is asked each month whether it is
# still interested, and is not shown any more as open after so many questions without an answer.
RENEWALS, RENEW_FROM = 1, timedelta(days=30)
# Broker and firm hear so long before the end, and what ended may come back through a review within this time.
EXPIRY_NOTICE, REVIVE_WITHIN = timedelta(days=14), timedelta(days=365)
STILL_INTERESTED_EVERY, MOST_SILENCES = timedelta(days=30), 2
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
# How long somebody stays signed in; the idle time holds for people who work with other people's data.
SESSION_LIFE, IDLE_LIFE = timedelta(hours=12), timedelta(minutes=60)
# So long before the end of a session its owner is warned.
SESSION_WARNING = timedelta(minutes=5)
# How long a proof of who one is lasts for what must not be done from an unwatched screen.
RECENT_PROOF = timedelta(minutes=10)
# Failed attempts to sign in: for one account, from one network, and for an account from a device that it knows.
LOGIN_ATTEMPTS_ACCOUNT, LOGIN_ATTEMPTS_NETWORK, LOGIN_ATTEMPTS_DEVICE = 5, 20, 10
LOGIN_WINDOW = timedelta(minutes=5)
KNOWN_DEVICE_LIFE = timedelta(days=180)
# A code by mail: how long it works, how often it may be tried, how many are sent to one address in that time.
LOGIN_CODE_LIFE, LOGIN_CODE_TRIES, LOGIN_CODES_SENT = timedelta(minutes=10), 3, 3
ADDRESS_LINK_LIFE = timedelta(hours=1)
# The public form, in an hour: sections saved and registrations sent, from one network and in all; and letters to one
# address in a day.
REGISTRATION_SAVES_NETWORK, REGISTRATION_SAVES_ALL = 300, 5_000
REGISTRATION_SENDS_NETWORK, REGISTRATION_SENDS_ALL = 30, 500
REGISTRATION_LETTERS = 6
# The self-assessment without an account, in an hour: begun and printed, from one network and in all.
SELF_ASSESSMENTS_NETWORK, SELF_ASSESSMENTS_ALL = 60, 1_000
SELF_ASSESSMENT_PDFS_NETWORK, SELF_ASSESSMENT_PDFS_ALL = 60, 1_000
# Its answers saved in ten minutes, each of about eighty questions many times over: to one of them, from one network
# (a school may answer together), and in all.
SELF_ASSESSMENT_ANSWERS, SELF_ASSESSMENT_ANSWERS_WINDOW = 800, timedelta(minutes=10)
SELF_ASSESSMENT_ANSWERS_NETWORK, SELF_ASSESSMENT_ANSWERS_ALL = 8_000, 80_000
# Working days in which a second reader answers; and on an introduction, in the receiver's country: its broker
# acknowledges, the company decides, the broker gives feedback. Reminded at half, escalated at full, returned at double
# time.
SECOND_READER_DAYS = 3
ACKNOWLEDGE_DAYS, COMPANY_DECIDES_DAYS, FEEDBACK_DAYS = 2, 10, 12
INTRODUCTIONS_CARRIED = 10
# A company decides on the words of its profile in the time of COMPANY_DECIDES_DAYS. Words that were asked for come as
# soon: the broker speaks with the firm about them first.
PROFILE_CHANGES_DAYS = 10
# Working days in which a broker publishes what the firm approved: often its consent is to be asked for first.
PUBLISH_DAYS = 5
# For how many days an introduction can rest.
LONGEST_HOLD_DAYS = 60
# The text of an expression of interest waits so long for the confirmation of its address.
UNCONFIRMED_INTEREST_LIFE = timedelta(days=7)
# Files of evidence: the largest one, and all of a firm, in bytes.
LARGEST_FILE, FILES_OF_A_FIRM = 10_000_000, 50_000_000
# Digests are written at this hour of the reader's own clock, and leave out what is older than some weeks.
DIGEST_HOUR, DIGEST_LOOKS_BACK = time(6, 30), timedelta(days=21)
# The pace of letters in all; and while the mail server is away, how long and how seldom they are tried.
LETTERS_SENT, LETTERS_WINDOW = 100, timedelta(seconds=10)
LETTER_TRIED_FOR, LONGEST_RETRY = timedelta(days=3), timedelta(minutes=10)
# Expressions of interest and saved searches of visitors, in an hour: from one network and in all.
INTERESTS_NETWORK, INTERESTS_ALL = 20, 300
SEARCHES_NETWORK, SEARCHES_ALL = 20, 300
# Working days of the visitor's country in which its broker answers an expression of interest.
INTEREST_DAYS = 2
# How many searches somebody keeps, and how many new profiles one letter of a saved search names at most.
SEARCHES_OF_A_PERSON, PROFILES_IN_A_LETTER = 25, 20
UNCONFIRMED_SEARCH_LIFE = timedelta(days=7)
# After an introduction: working days until times for a first meeting are proposed; the shortest and longest meeting
# in minutes; working hours of a day, outside of which a time is marked. News of a meeting that begins so soon goes by
# mail at once, since somebody may be about to travel.
FIRST_MEETING_DAYS = 5
MEETING_IS_SOON = timedelta(days=2)
SHORTEST_MEETING, LONGEST_MEETING = 15, 480
WORKING_HOURS = (8, 17)
# Working days after the day of a step on which the coordinators hear that it is late; and in which somebody of neither
# side judges an agreement, in the receiver's country: reminded at half, the administrators are told at full time.
LATE_STEP_DAYS, VALIDATION_DAYS = 5, 5
# Months after the signature at which both firms are asked what became of it; when they are reminded, once and again,
# and when the coordinators hear that nobody answers.
FOLLOW_UP_MONTHS, FOLLOW_UP_REMINDER = (6, 12, 24), timedelta(days=14)
FOLLOW_UP_SECOND_REMINDER, FOLLOW_UP_ESCALATION = timedelta(days=28), timedelta(days=42)
