"""Private files of companies: where they lie, how many, and when they go."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from companies.models import Attachment
from companies.services import attachments
from companies.services.attachments import attach_file, remove_file, sweep_files
from companies.services.erasure import erase_company
from companies.uploads import storage
from companies.uploads.checking import CheckedFile
from tests import factories
from tibs.core.errors import BadInputError, NotAllowedError

pytestmark = pytest.mark.django_db


def a_file(content=b"%PDF-1.7", name="umowa.pdf"):
    return CheckedFile(content, "application/pdf", name)


@pytest.fixture
def kept(polish_company, aleksandra):
    return attach_file(company=polish_company, file=a_file(), by=factories.actor(aleksandra))


def test_file_lies_outside_of_what_is_served_under_a_random_name_for_its_process_alone(kept):
    path = storage.path_of(kept.stored_name)

    assert path.read_bytes() == b"%PDF-1.7"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "umowa" not in str(path)
    assert not path.is_relative_to(settings.STATIC_ROOT)
    assert kept.digest == a_file().digest


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "a/b", "a\x00b", "ż"])
def test_no_other_name_leads_to_a_file(name):
    with pytest.raises(ValueError, match="not the name"):
        storage.path_of(name)


def test_stranger_keeps_no_file_there(polish_company, johanna):
    with pytest.raises(NotAllowedError):
        attach_file(company=polish_company, file=a_file(), by=factories.actor(johanna))


def test_all_files_of_a_firm_stay_below_the_quota(polish_company, aleksandra, monkeypatch):
    monkeypatch.setattr(attachments, "FILES_OF_A_FIRM", 10)
    attach_file(company=polish_company, file=a_file(b"12345678"), by=factories.actor(aleksandra))

    with pytest.raises(BadInputError) as refused:
        attach_file(company=polish_company, file=a_file(b"123"), by=factories.actor(aleksandra))

    assert refused.value.code == "quota"
    assert "50 MB" in refused.value.fields["file"]


def test_nothing_is_left_where_the_row_could_not_be_written(polish_company, aleksandra, monkeypatch):
    def broken(*args):
        raise OSError("disk full")

    before = set(storage.names_before(timezone.now() + timedelta(days=1)))
    monkeypatch.setattr(attachments, "_entered", broken)

    with pytest.raises(OSError, match="disk full"):
        attach_file(company=polish_company, file=a_file(), by=factories.actor(aleksandra))

    assert set(storage.names_before(timezone.now() + timedelta(days=1))) == before


def test_removed_file_goes_after_the_commit(kept, aleksandra, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False) as owed:
        remove_file(attachment=kept, by=factories.actor(aleksandra))

    assert storage.path_of(kept.stored_name).exists()
    for act in owed:
        act()
    assert not storage.path_of(kept.stored_name).exists()


def test_erasure_of_the_firm_takes_the_bytes_too(kept, polish_company, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        erase_company(company=polish_company, by=factories.BENCH, reason="asked")

    assert not Attachment.objects.exists()
    assert not storage.path_of(kept.stored_name).exists()


def test_sweep_takes_what_a_crash_left_and_nothing_else(kept):
    fresh, stale = storage.write(b"fresh"), storage.write(b"stale")
    two_days_ago = (timezone.now() - timedelta(days=2)).timestamp()
    for name in (stale, kept.stored_name):
        os.utime(storage.path_of(name), (two_days_ago, two_days_ago))

    assert sweep_files(now=timezone.now()) == 1

    assert [storage.path_of(name).exists() for name in (fresh, stale, kept.stored_name)] == [
        True,
        False,
        True,
    ]


def upload_at_once(company, monkeypatch, times=4):
    """Several uploads of which the quota has room for one."""
    monkeypatch.setattr(attachments, "FILES_OF_A_FIRM", 10)
    ready = Barrier(times)

    def upload(_number):
        try:
            with transaction.atomic():
                ready.wait(10)
                attach_file(company=company, file=a_file(b"12345678"), by=factories.BENCH)
        except BadInputError:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(times) as pool:
        return sum(pool.map(upload, range(times)))


@pytest.mark.django_db(transaction=True)
def test_uploads_at_once_do_not_pass_the_quota_together(polish_company, monkeypatch):
    assert upload_at_once(polish_company, monkeypatch) == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_would(polish_company, monkeypatch):
    monkeypatch.setattr(type(attachments.Company.objects), "locked", lambda rows: rows.get_queryset())
    slow, write = Barrier(4), storage.write

    def together(content):
        slow.wait(10)
        return write(content)

    monkeypatch.setattr(storage, "write", together)

    assert upload_at_once(polish_company, monkeypatch) == 4
