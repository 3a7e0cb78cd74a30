"""Settings by environment. Every missing or bad variable is named at once, in one error.

`docs/settings.md` lists the variables. Development and tests need none of them.
"""

from pathlib import Path

from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from environs import Env, EnvValidationError, validate

from tibs.api.configuration import REST_FRAMEWORK as REST_FRAMEWORK
from tibs.api.configuration import SPECTACULAR_SETTINGS as SPECTACULAR_SETTINGS
from tibs.core.environment import faults, scheme
from tibs.core.languages import LANGUAGES as LANGUAGES
from tibs.core.logs import logging_config
from tibs.core.servers import cache_options, celery_url, mailer, numbered, session_limits
from tibs.figures import LOGIN_CODE_LIFE, LOGIN_CODE_TRIES, RECENT_PROOF, SESSION_LIFE

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env(eager=False)
PRODUCTION = env.bool("TIBS_PRODUCTION", False)
DEMO = env.bool("TIBS_DEMO", False) and not PRODUCTION
DEBUG = env.bool("TIBS_DEBUG", False) and not PRODUCTION
SECRET_KEY = (
    env.str("SECRET_KEY", validate=validate.Length(min=50))
    if PRODUCTION
    else env.str("SECRET_KEY", "only-for-development-and-tests")
)
# Earlier keys: what they signed or sealed can still be read, nothing new is made with them.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
TIBS_FIELD_KEY = env.str("TIBS_FIELD_KEY", "")
TIBS_KEY_PEPPER = env.str("TIBS_KEY_PEPPER", "")
ALLOWED_HOSTS = (
    env.list("ALLOWED_HOSTS", validate=validate.Length(min=1))
    if PRODUCTION
    else env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1"])
)
env.str("DATABASE_URL", validate=scheme("postgresql", "postgres"))
_database = env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)
_process = env.str("TIBS_PROCESS", "", validate=validate.OneOf(["", "web", "worker"]))
_redis_url = env.str("REDIS_URL", validate=scheme("redis", "rediss", "unix"))
# Not BROKER_URL: Celery's own command line reads that name, and does not know the unix scheme.
_queue_url = env.str("QUEUE_URL", None, validate=scheme("redis", "rediss", "unix", "amqp", "amqps"))
env.str("MAIL_URL", "console:", validate=scheme("smtp", "submission", "console", "file"))
_mail = env.dj_email_url("MAIL_URL") if PRODUCTION else env.dj_email_url("MAIL_URL", "console:")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "TIBS <tibs@localhost>")
TIBS_PUBLIC_URL = (
    env.str("TIBS_PUBLIC_URL", validate=validate.URL(schemes={"https"}))
    if PRODUCTION
    else "http://localhost:8000"
)
# What the imprint and the privacy notice state; lines of the address are parted by "|".
TIBS_OPERATOR_NAME = env.str("TIBS_OPERATOR_NAME", "")
TIBS_OPERATOR_ADDRESS = env.str("TIBS_OPERATOR_ADDRESS", "")
TIBS_CONTACT_EMAIL = env.str("TIBS_CONTACT_EMAIL", "")
BEHIND_PROXY = env.bool("TIBS_BEHIND_PROXY", PRODUCTION)
LOG_LEVEL = env.str(
    "LOG_LEVEL",
    "INFO" if PRODUCTION else "WARNING",
    validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]),
)
LEASE_SECONDS = env.int("TIBS_LEASE_SECONDS", 60)
MEDIA_ROOT = env.path("MEDIA_ROOT", BASE_DIR / "var" / "media")
try:
    env.seal()
except EnvValidationError as error:
    raise ImproperlyConfigured(
        f"The environment is not complete (docs/settings.md):\n{faults(error)}"
    ) from None

INSTALLED_APPS = [
    "modeltranslation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "tibs.core",
    "tibs.accounts",
    "tibs.events",
    "tibs.entrance",
    "tibs.rendering",
    "regions",
    "brokers",
    "companies",
    "matching",
    "tibs.reports",
    "tibs.pages",
    *(["tibs.demo"] if DEMO else []),
    *([] if PRODUCTION else ["tibs.drills"]),
]
MIDDLEWARE = [
    "tibs.core.middleware.request_id",
    "tibs.core.middleware.read_once_more",
    "tibs.api.middleware.api_answers",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "tibs.core.middleware.refuse_unstorable_text",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "tibs.accounts.middleware.actor",
    "tibs.accounts.middleware.own_language",
    "tibs.entrance.middleware.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tibs.core.refusals.RefusalPages",
    "tibs.core.middleware.reading_never_writes",
]
ROOT_URLCONF = "tibs.urls"
WSGI_APPLICATION = "tibs.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                *[f"django.template.context_processors.{name}" for name in ("request", "csp", "i18n")],
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tibs.accounts.context_processors.actor",
                "tibs.entrance.context_processors.session_clock",
                *(["tibs.demo.context_processors.demo"] if DEMO else []),
                "tibs.pages.navigation.navigation",
            ],
        },
    }
]

DATABASES = {
    "default": {
        **_database,
        "OPTIONS": {
            "options": session_limits(_process),
            **_database.get("OPTIONS", {}),
            "connect_timeout": 3,
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": numbered(_redis_url, 2),
        "KEY_PREFIX": "tibs",
        "OPTIONS": cache_options(_redis_url),
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = int(SESSION_LIFE.total_seconds())
# In the session and not in a cookie of their own, which the privacy notice would have to name.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CELERY_BROKER_URL = celery_url(_queue_url or numbered(_redis_url, 0))

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["tibs.entrance.backend.PeopleWithInbox"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # passwords from before; renewed at the next login
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "tibs.entrance.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "tibs.entrance.forms.SignInForm",
    "request_login_code": "tibs.entrance.forms.AskForCodeForm",
    "confirm_login_code": "tibs.entrance.forms.EnterCodeForm",
    "reset_password": "tibs.entrance.forms.AskForNewPasswordForm",
    "change_password": "tibs.entrance.forms.NewPasswordForm",
    "reauthenticate": "tibs.entrance.forms.PasswordAgainForm",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # their letter is ours (tibs.entrance.views.signing_in)
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = int(LOGIN_CODE_LIFE.total_seconds())
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = LOGIN_CODE_TRIES
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
# Django's own looks at the address as well, and makes no rows in the table of addresses that TIBS does not use.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105  # a path
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True  # SESSION_COOKIE_AGE holds for everybody, also after the browser was closed
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(RECENT_PROOF.total_seconds())
# Passwords and mailed codes are counted by tibs.entrance.attempts, exactly; `login_failed` is for the second step.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "20/5m/ip,5/5m/key",
    "request_login_code": None,
    "reset_password": None,
}
MFA_ADAPTER = "tibs.entrance.adapter.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "tibs.entrance.forms.SecondStepForm",
    "reauthenticate": "tibs.entrance.forms.CodeAgainForm",
    "activate_totp": "tibs.entrance.forms.SetUpAppForm",
    "add_webauthn": "tibs.entrance.forms.AddPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = (
    True  # every address was confirmed by the link of an invitation or a registration
)
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1  # clocks of phones differ by some seconds; a code still works once
# Where the roles of a signed-in person, task or key come from; `brokers` and `companies` add theirs.
ACTOR_SOURCES = ["brokers.actors.memberships", "companies.actors.contacts"]
EVENT_WIRING = "tibs.wiring"

LANGUAGE_CODE = "en"
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_LANGUAGES = [code for code, _name in LANGUAGES]
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en",)
# The words of our apps are named here too, so that a library that uses the same sentence does not win.
LOCALE_PATHS = [BASE_DIR / folder / "locale" for folder in ("", "brokers", "companies", "matching")]
LANGUAGE_COOKIE_NAME = "tibs_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
FORMAT_MODULE_PATH = ["tibs.formats"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
# The API refuses plain HTTP instead (tibs.api.middleware): a redirect would hide that it was used.
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^api/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SESSION_COOKIE_NAME = "__Host-tibs_session" if PRODUCTION else "tibs_session"
DEVICE_COOKIE_NAME = "__Host-tibs_device" if PRODUCTION else "tibs_device"
CSRF_COOKIE_NAME = "__Host-tibs_csrf" if PRODUCTION else "tibs_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tibs.core.views.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 3
FILE_UPLOAD_HANDLERS = ["tibs.core.uploads.CappedUpload", *global_settings.FILE_UPLOAD_HANDLERS]
X_FRAME_OPTIONS = "DENY"

DEMO_MAIL: Path = BASE_DIR / "var" / "mail"
_kept_letters = {
    "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
    "OPTIONS": {"file_path": str(DEMO_MAIL)},
}
MAILERS = {"default": _kept_letters if DEMO else mailer(_mail)}

LOGGING = logging_config(LOG_LEVEL, as_json=PRODUCTION)
LOGGING_CONFIG = "tibs.core.logs.configure"
SITE_NAME = _("Transnational Innovation Brokerage System")
