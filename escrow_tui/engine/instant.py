"""Instants as whole UTC seconds since 1970, and how they are written."""

from datetime import UTC, datetime

HOUR = 3_600
DAY = 86_400


def date_of(instant: int) -> str:
    """Write an instant as a UTC date and minute, such as `2026-03-14 09:00`."""
    return datetime.fromtimestamp(instant, UTC).isoformat(" ", "minutes").removesuffix("+00:00")
