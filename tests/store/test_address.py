"""What names a store, and how much of a URL is shown."""

from pathlib import Path

import pytest

from escrow_tui.store import PostgresDatabase, SqliteFile, StoreProblem, address_of

SHOWN = {
    "postgresql://ann:secret@db.example:5433/class?password=secret": (
        "postgresql://db.example:5433/class"
    ),
    "postgres://ann@db.example/class": "postgresql://db.example/class",
    "POSTGRESQL://db.example/class": "postgresql://db.example/class",
    "postgresql:///class?host=/run/secret": "postgresql://localhost/class",
    "postgresql://ann:p%40secret@[::1]:5433/class": "postgresql://[::1]:5433/class",
    "postgresql://ann:secret@one:1,two:2/class": "postgresql://one:1,two:2/class",
    "postgresql://ann:p@secret@db.example/class": "postgresql://db.example/class",
}
# A special character in the password ends a part of the URL too early: what follows is no database.
TORN = (
    "postgresql://ann:12/secret@db.example/class",
    "postgresql://ann:se/cret@db.example/class",
    "postgresql://ann:12#secret@db.example/class",
    "postgresql://ann:12?secret@db.example/class",
    "postgresql://ann:12/x?secret@db.example/class",
    "postgresql://ann:secret@db.example:port/class",
    "postgresql://[secret/class",
)


@pytest.mark.parametrize(("url", "shown"), SHOWN.items())
def test_a_url_is_shown_without_user_password_and_query(url: str, shown: str) -> None:
    """The URL itself is kept for the driver alone."""
    address = address_of(url)
    assert isinstance(address, PostgresDatabase)
    assert address.url == url
    assert str(address) == shown
    assert repr(address) == f"PostgresDatabase({shown})"


@pytest.mark.parametrize("url", TORN)
def test_a_url_broken_up_by_its_password_is_refused_without_showing_it(url: str) -> None:
    """The sentence says how to write it, and shows none of it: any part may be secret."""
    with pytest.raises(StoreProblem, match="This URL cannot be read; write it as") as caught:
        address_of(url)
    assert "cret" not in str(caught.value)


@pytest.mark.parametrize("url", TORN[:5])
def test_a_broken_url_is_never_shown(url: str) -> None:
    """Not even if it was built without the check."""
    assert "cret" not in str(PostgresDatabase(url))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("mysql://ann:secret@db.example/class", "begins with postgresql://"),
        ("postgresql://ann:secret@db.example", "names no database"),
        ("postgresql://ann:secret@db.example/", "names no database"),
    ],
)
def test_a_url_of_something_else_is_refused(text: str, sentence: str) -> None:
    """The sentence says what a store's URL looks like."""
    with pytest.raises(StoreProblem, match=sentence) as caught:
        address_of(text)
    assert "secret" not in str(caught.value)


def test_anything_else_is_a_path() -> None:
    """A leading `~` is the home folder."""
    assert address_of("a/store.db") == SqliteFile(Path("a/store.db"))
    assert address_of("~/store.db") == SqliteFile(Path.home() / "store.db")
