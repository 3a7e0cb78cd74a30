from tibs.events.models.audit import AuditDetail, AuditRecord, AuditSeal
from tibs.events.models.inbox import InboxItem, MailWhen, NoticeKind, Preference
from tibs.events.models.letter import Letter
from tibs.events.models.outbox import Outbox

__all__ = [
    "AuditDetail",
    "AuditRecord",
    "AuditSeal",
    "InboxItem",
    "Letter",
    "MailWhen",
    "NoticeKind",
    "Outbox",
    "Preference",
]
