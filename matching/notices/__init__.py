"""What people are told about matches, introductions and cooperations; the inbox finds every notice here."""

from matching.notices import cooperations, introductions

__all__ = ["cooperations", "introductions"]
