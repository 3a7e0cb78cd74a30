"""Uploads of a size that nobody regrets."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from tibs.figures import LARGEST_FILE


class CappedUpload(FileUploadHandler):
    """First of the handlers: hands on a little more than the largest file that may be kept, and drops the rest.

    What was cut is larger than any file may be, so its form says so instead of losing the connection.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= LARGEST_FILE else None

    def file_complete(self, file_size: int) -> Any:
        return None
