"""What every page of the demonstration must say."""

from django.http import HttpRequest


def demo(request: HttpRequest) -> dict[str, bool]:
    """`is_demo`: the page says that its firms and people are invented."""
    return {"is_demo": True}
