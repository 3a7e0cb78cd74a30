"""Plants a token of its own into every personal and restricted column of every row of a firm, by the data map."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, models
from django.utils import timezone

from companies.belonging import belonging_of
from companies.choices import Area, Channel, Decision, RegistrationStatus, Support, Way
from companies.data_map import Kind, Table, tables
from companies.events import CONTACT_ADDED
from companies.models import (
    ActionPlan,
    ActionStep,
    Assessment,
    Company,
    Contact,
    Disclosure,
    Interaction,
    Merge,
    Message,
    NextStep,
    Registration,
    SavedView,
    Screening,
)
from matching.models import ProfileVector
from tests import factories
from tests.companies.canaries_of_partners import rows_of_partners
from tibs.accounts.models import User
from tibs.events.models import AuditDetail
from tibs.events.recording import record
from tibs.events.services.letters import write_letter

# Numbers, days and codes cannot hold a word; their values are told apart by kind in the tests of erasure.
WORDS = (models.CharField, models.TextField, models.JSONField, ArrayField)


def firm_with_everything(company: Company, person: User, broker: User) -> None:
    """One row of each kind that a firm can have."""
    contact = factories.contact(company, "Ewa Lis", user=person)
    _how_it_came(company)
    _what_was_done(company, person, broker)
    _who_saw_it(company, contact, broker)
    _how_they_sign_in(person)


def _how_they_sign_in(person: User) -> None:
    SavedView.objects.create(owner=person, name="Mine", place="companies", query="q=1")
    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session.create()
    UserSession.objects.create(
        user=person, ip="192.0.2.1", session_key=session.session_key, user_agent="Browser", data={}
    )
    EmailAddress.objects.create(user=person, email=person.email)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})


def _how_it_came(company: Company) -> None:
    now = timezone.now()
    Registration.objects.create(
        company=company,
        status=RegistrationStatus.CONFIRMED,
        confirmed_at=now,
        expires_at=now,
        form_token="t" * 20,
        answers={"name": "Ewa"},
    )
    absorbed = factories.company("Twin", host=company.host)
    Company.objects.filter(pk=absorbed.pk).update(merged_into=company)
    Merge.objects.create(kept=company, absorbed=absorbed, snapshot={"name": "Twin"}, made_at=now)


def _what_was_done(company: Company, person: User, broker: User) -> None:
    now = timezone.now()
    profile = factories.profile(company)
    rows_of_partners(profile, person, broker)
    ProfileVector.objects.create(
        profile=profile,
        encoder_version="t",
        text_hash="x",
        offered=b"1",
        sought=b"1",
        encoded_at=now,
    )
    Interaction.objects.create(
        company=company, at=now, channel=Channel.CALL, hours=1, support=Support.ADVICE, made_by=broker
    )
    NextStep.objects.create(company=company, what="Call", due_date=now.date())
    Message.objects.create(company=company, author=person, from_company=True, body="Hello", sent_at=now)
    Screening.objects.create(
        company=company, scores=[2] * 7, decision=Decision.ELIGIBLE, made_by=broker, comment="Fits"
    )
    assessment = Assessment.objects.create(company=company, instrument_version=1)
    plan = ActionPlan.objects.create(
        company=company, assessment=assessment, area=Area.PROCUREMENT, goal="Buy"
    )
    ActionStep.objects.create(plan=plan, what="Ask", referral="A bank")


def _who_saw_it(company: Company, contact: Contact, broker: User) -> None:
    Disclosure.objects.create(
        company=company,
        contact=contact,
        reader=broker,
        actor_id=broker.public_id,
        way=Way.PAGE,
        what=["email"],
        at=timezone.now(),
    )
    write_letter(
        template="message_waiting",
        to=contact.email,
        language="en",
        context={"name": "Ewa", "company": company.name, "link": "/"},
        company_id=company.public_id,
    )


def plant(company: Company) -> dict[str, str]:
    """Put tokens into every column of words of every row; `label.column` -> token."""
    planted = {"events.AuditDetail.values": "trailcanary"}
    personal = {"name": planted["events.AuditDetail.values"]}
    record(CONTACT_ADDED, about=company, by=factories.BENCH, company_id=company.public_id, personal=personal)
    for table in tables().values():
        if table.model is AuditDetail:  # the database refuses to change what stands there
            continue
        rows = list(belonging_of(company).rows(table).order_by("pk"))
        for name in table.columns(Kind.PERSONAL, Kind.RESTRICTED):
            column = table.model._meta.get_field(name)
            if rows and isinstance(column, WORDS) and not column.choices and not _is_of_language(column):
                token = f"c{len(planted):03d}anary"
                table.model._default_manager.filter(pk=rows[0].pk).update(**{name: _holding(column, token)})
                planted[f"{table.label}.{name}"] = token
    return planted


def _is_of_language(column: Any) -> bool:
    return column.max_length == 2 if hasattr(column, "max_length") else False


def _holding(column: Any, token: str) -> Any:
    if isinstance(column, models.EmailField):
        return f"{token}@example.org"
    if isinstance(column, models.URLField):
        return f"https://{token}.example"
    if isinstance(column, models.JSONField):
        return {"note": token}
    if isinstance(column, ArrayField):
        return [token]
    return token


def tables_of_firms() -> list[Table]:
    return [table for table in tables().values() if table.is_of_firms]


def rows_holding(words: str) -> dict[str, int]:
    """How many rows of each table of the database hold `words` anywhere, read as text."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        for (name,) in cursor.fetchall():
            question = f'SELECT count(*) FROM "{name}" AS t WHERE t::text LIKE %s'  # noqa: S608  # a known table
            cursor.execute(question, [f"%{words}%"])
            if number := cursor.fetchone()[0]:
                found[name] = number
    return found
