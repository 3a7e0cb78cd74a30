"""What a firm lets the receiving broker read before the introduction: its name, its facts, its assessment."""

from dataclasses import dataclass

from companies.choices import Purpose
from companies.models import Assessment, Company, Consent
from companies.services.assessments.plans import latest_completed
from companies.services.disclosures import note_file_reading
from matching.handshake import OPEN, State
from matching.models import Introduction
from matching.policies import can_read_shared_file
from tibs.accounts.actor import Actor


@dataclass(frozen=True)
class SharedFile:
    """A summary without contact data. `assessment` is the newest completed one, if there is one."""

    company: Company
    assessment: Assessment | None


def shared_file(introduction: Introduction, by: Actor) -> SharedFile | None:
    """The sender's file for the receiving broker whom the firm named; None without that consent in force, and once
    the introduction ended without a meeting. Each reading is noted, and the firm sees it."""
    has_ended = State(introduction.status) not in (*OPEN, State.INTRODUCED)
    if has_ended or not can_read_shared_file(by, introduction):
        return None
    company = introduction.sender_company
    given = Consent.objects.in_force(Purpose.SHARE_WITH_BROKER, by.id).filter(company=company)
    if not given.exists():
        return None
    note_file_reading(company=company, by=by, organisation=introduction.receiver_company.host)
    return SharedFile(company, latest_completed(company))
