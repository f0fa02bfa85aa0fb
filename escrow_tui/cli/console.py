"""What every command shares: its exit codes, and what it prints on the terminal."""

import sys

WELL, DIFFERENT, WRONG = 0, 1, 2


def print_problems(code: int, *sentences: str) -> int:
    """Print sentences to standard error, and return the exit code."""
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return code


def print_result(text: str) -> None:
    """Print what was asked for to standard output, before anything goes to standard error."""
    print(text)
    sys.stdout.flush()


def json_of(value: object) -> str:
    """Return a value as indented JSON."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def has_terminal() -> bool:
    """Tell whether a person can see the screen and type."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def real_time() -> str:
    """Return the real time as ISO text, as rows of the store keep it."""
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="milliseconds")
