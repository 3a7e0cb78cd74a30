"""Every kind of problem that the API answers with: codes for machines, titles and help for people."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """A kind of problem. `code` ends its `type` address and never changes; the words are translated."""

    code: str
    status: int
    title: Promise
    help: Promise


BAD_REQUEST = Kind(
    "bad_request",
    400,
    _("The request cannot be read"),
    _("Check the address and the encoding. Text must be UTF-8 without NUL characters and lone surrogates."),
)
INVALID_PARAMETERS = Kind(
    "invalid_parameters",
    400,
    _("Some parameters cannot be used"),
    _("The list of errors names each parameter and what is wrong with it. Mend them and ask again."),
)
INVALID_CURSOR = Kind(
    "invalid_cursor",
    400,
    _("The cursor cannot be used"),
    _("A cursor belongs to the list and the order that it came from. Begin again without a cursor."),
)
KEY_MISSING = Kind(
    "idempotency_key_missing",
    400,
    _("The Idempotency-Key header is missing"),
    _(
        "Send a new random key of at most 255 characters with each request, and the same key when you repeat it."
    ),
)
AUTHENTICATION_REQUIRED = Kind(
    "authentication_required",
    401,
    _("Please sign in"),
    _(
        "This address answers signed-in people or partner sites. Sign in on the website and send the session "
        "cookie, or send your key as “Authorization: Bearer …”; it may have expired."
    ),
)
NOT_ALLOWED = Kind(
    "not_allowed",
    403,
    _("You may not do this"),
    _("Your role does not include this. Ask your coordinator if you need it."),
)
SECURE_CONNECTION_REQUIRED = Kind(
    "secure_connection_required",
    403,
    _("Please use HTTPS"),
    _(
        "The API does not answer over plain HTTP, and does not redirect: what was sent was readable on the way."
    ),
)
NOT_FOUND = Kind(
    "not_found",
    404,
    _("Nothing found here"),
    _("There is nothing at this address, it is no longer published, or it is not yours to see."),
)
METHOD_NOT_ALLOWED = Kind(
    "method_not_allowed",
    405,
    _("This method is not possible here"),
    _("The Allow header names the methods that this address takes."),
)
NOT_ACCEPTABLE = Kind(
    "not_acceptable",
    406,
    _("Only JSON is available"),
    _("Send “Accept: application/json”, or no Accept header."),
)
REQUEST_UNDER_WAY = Kind(
    "request_under_way",
    409,
    _("The same request is under way"),
    _("A request with this Idempotency-Key has no answer yet. Ask again in a second."),
)
PRECONDITION_FAILED = Kind(
    "precondition_failed",
    412,
    _("The thing has changed"),
    _("It is no longer the version that your If-Match header names. Read it again."),
)
TOO_LARGE = Kind(
    "too_large", 413, _("The request is too large"), _("Send less at once; one megabyte is the limit.")
)
UNSUPPORTED_MEDIA_TYPE = Kind(
    "unsupported_media_type", 415, _("Only JSON is read"), _("Send “Content-Type: application/json”.")
)
KEY_USED_BEFORE = Kind(
    "idempotency_key_used_before",
    422,
    _("The Idempotency-Key was used for another request"),
    _("Each request needs a key of its own. Only a repetition of the very same request sends the key again."),
)
TOO_MANY_REQUESTS = Kind(
    "too_many_requests",
    429,
    _("Too many requests"),
    _("The RateLimit header tells how many are left, Retry-After when to ask again."),
)
SERVER_ERROR = Kind(
    "server_error",
    500,
    _("Something went wrong on our side"),
    _("We have been told. If you write to us, give the request id."),
)
UNAVAILABLE = Kind(
    "unavailable",
    503,
    _("TIBS is away for a moment"),
    _("Please ask again in a minute."),
)

KINDS = {
    kind.code: kind
    for kind in (
        BAD_REQUEST,
        INVALID_PARAMETERS,
        INVALID_CURSOR,
        KEY_MISSING,
        AUTHENTICATION_REQUIRED,
        NOT_ALLOWED,
        SECURE_CONNECTION_REQUIRED,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        NOT_ACCEPTABLE,
        REQUEST_UNDER_WAY,
        PRECONDITION_FAILED,
        TOO_LARGE,
        UNSUPPORTED_MEDIA_TYPE,
        KEY_USED_BEFORE,
        TOO_MANY_REQUESTS,
        SERVER_ERROR,
        UNAVAILABLE,
    )
}


def of_status(status: int) -> Kind:
    """The most general kind of an error of which only the status is known."""
    general = [
        kind for kind in KINDS.values() if kind.status == status and kind != SECURE_CONNECTION_REQUIRED
    ]
    return general[0] if general else BAD_REQUEST if status < SERVER_ERROR.status else SERVER_ERROR
