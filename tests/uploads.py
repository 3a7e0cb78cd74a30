"""Files to send, harmless and hostile, made where they are needed."""

import zlib
from io import BytesIO

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

PAYLOAD = b"<html><script>alert(document.domain)</script></html>"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options) -> bytes:
    made = BytesIO()
    Image.new("RGB", size, "navy").save(made, format=kind, **options)
    return made.getvalue()


def pdf(script: str = "", password: str = "", attached: bytes = b"") -> bytes:
    writer, made = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    if script:
        act = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(act)
    if attached:
        writer.add_attachment("inside.exe", attached)
    if password:
        writer.encrypt(password)
    writer.write(made)
    return made.getvalue()


def bomb(megabytes: int, layers: int = 1) -> bytes:
    """A small PDF whose one stream unpacks to that size."""
    writer, made = PdfWriter(), BytesIO()
    page = writer.add_blank_page(200, 200)
    packer = zlib.compressobj(1)
    data = b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()
    for _ in range(layers - 1):
        data = zlib.compress(data, 9)
    stream = DecodedStreamObject()
    stream.set_data(data)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    if layers > 1:
        stream[NameObject("/Filter")] = ArrayObject([NameObject("/FlateDecode")] * layers)
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.write(made)
    return made.getvalue()
