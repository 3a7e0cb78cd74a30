"""What of an uploaded file is kept: by its content, in a process of its own."""

import struct
import subprocess
import zlib
from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from companies.uploads import inspection
from companies.uploads.checking import FileRefusedError, checked
from tests.uploads import PAYLOAD, bomb, pdf, picture
from tibs.figures import LARGEST_FILE


def reason_for(content: bytes, name: str) -> str:
    with pytest.raises(FileRefusedError) as refused:
        checked(content, name)
    return refused.value.reason


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (pdf(), "agreement.pdf", "application/pdf"),
        (picture(), "scan.PNG", "image/png"),
        (picture("JPEG"), "photo.jpg", "image/jpeg"),
        (picture("JPEG"), "photo.jpeg", "image/jpeg"),
    ],
)
def test_honest_files_are_kept(content, name, kind):
    assert checked(content, name).content_type == kind


def test_pdf_is_kept_to_the_byte():
    content = pdf()

    assert checked(content, "signed.pdf").content == content


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.pdf", "empty"),
        (b"MZ\x90\x00" + bytes(200), "agreement.pdf", "type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "logo.png", "type"),
        (PAYLOAD, "page.png", "type"),
        (b"GIF89a" + PAYLOAD, "a.png", "type"),
        (b"\n%PDF-1.7" + pdf(), "late.pdf", "type"),
        (picture(), "picture.pdf", "ending"),
        (pdf(), "agreement.exe", "ending"),
        (pdf(), "agreement.pdf.exe", "ending"),
        (pdf(), "agreement", "ending"),
        (picture() + PAYLOAD, "a.png", "trailing"),
        (pdf() + PAYLOAD, "a.pdf", "trailing"),
        (pdf() + b"PK\x05\x06" + bytes(18) + b"%%EOF", "zip.pdf", "trailing"),
        (b"%PDF-1.7\n" + PAYLOAD + b"\n%%EOF", "a.pdf", "broken"),
        (picture()[:60], "cut.png", "trailing"),
        (picture("JPEG")[:200], "cut.jpg", "broken"),
        (pdf(script="app.alert(1)"), "a.pdf", "active"),
        (pdf(attached=b"MZ"), "a.pdf", "active"),
        (pdf(password="secret"), "a.pdf", "encrypted"),
        (bomb(310), "bomb.pdf", "packed"),
        (bomb(100, layers=2), "bomb.pdf", "packed"),
        (b"%PDF-" + bytes(LARGEST_FILE), "large.pdf", "large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_files_are_refused_and_say_why(content, name, reason):
    assert reason_for(content, name) == reason


def test_picture_that_unpacks_to_gigabytes_is_refused():
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    made = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000)))

    assert reason_for(made + chunk(b"IEND", b""), "bomb.png") == "pixels"


def test_nothing_hidden_in_a_picture_survives():
    hidden = PngInfo()
    hidden.add_text("Comment", PAYLOAD.decode())
    place = Image.Exif()
    place[0x010E] = "57.775 N 26.033 E"

    kept = [
        checked(picture(pnginfo=hidden), "a.png").content,
        checked(picture("JPEG", exif=place) + PAYLOAD, "a.jpg").content,
        checked(picture("JPEG", comment=PAYLOAD), "a.jpg").content,
    ]

    assert all(b"script" not in content and b"57.775" not in content for content in kept)
    assert [Image.open(BytesIO(content)).size for content in kept] == [(40, 30)] * 3


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Ana\\umowa.pdf", "umowa.pdf"),
        ("a\x00b\r\n.pdf", "ab.pdf"),
        ("invoice\u202efdp.exe.pdf", "invoicefdp.exe.pdf"),
        ("....pdf", "file.pdf"),
        ("Zażółć gęślą 契約 🤝.PDF", "Zażółć gęślą 契約 🤝.pdf"),
        ("x" * 1000 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_name_is_safe_to_show_and_to_save_under(given, shown):
    assert checked(pdf(), given).name == shown


def test_file_that_kills_its_inspection_is_refused(monkeypatch):
    def killed(*args, **options):
        raise subprocess.CalledProcessError(-9, "inspection")

    monkeypatch.setattr(subprocess, "run", killed)

    assert reason_for(pdf(), "a.pdf") == "packed"


def test_without_the_limit_a_bomb_would_be_kept(monkeypatch):
    monkeypatch.setattr(inspection, "MOST_UNPACKED", 10**12)

    assert inspection.inspect(bomb(310))[0] == "pdf"
