"""What a failure to send says: of the letter, of its address, or only of the mail server at this moment."""

from enum import Enum
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

PERMANENT = 500


class Fault(Enum):
    """LETTER: this letter fails. ADDRESS: the address takes no letters. SERVER: nothing can be sent just now."""

    LETTER = "letter"
    ADDRESS = "address"
    SERVER = "server"


def fault_of(error: Exception) -> Fault:
    """Whatever comes from the connection and is not the letter's or the address's own passes."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        return Fault.ADDRESS if codes and min(codes) >= PERMANENT else Fault.SERVER
    if isinstance(error, SMTPDataError):
        return Fault.LETTER if error.smtp_code >= PERMANENT else Fault.SERVER
    return Fault.SERVER if isinstance(error, SMTPException | OSError) else Fault.LETTER
