"""What is checked before a database is used: one sentence each, nothing changed, no secret."""

import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

from escrow_tui.cli import main
from escrow_tui.cli.console import WRONG
from escrow_tui.store import PostgresDatabase, StoreProblem, glance, open_store
from escrow_tui.store.identity import SCHEMA
from tests.given.server import PASSWORD, on_database
from tests.store.raw import rows_of

SECRETS = (PASSWORD, "postgres:", "canary-user")
_TABLES = """
    SELECT relname, relfilenode FROM pg_class
    WHERE relnamespace = 'public'::regnamespace ORDER BY relname
"""


def _as(url: str, user: str, password: str = PASSWORD) -> str:
    host = urlsplit(url).netloc.rpartition("@")[2]
    return f"postgresql://{user}:{password}@{host}{urlsplit(url).path}"


def _told(url: str, *statements: str) -> str:
    for statement in statements:
        rows_of(PostgresDatabase(url), statement)
    return url


def _role(url: str, granted: str = "") -> str:
    """Make a role with only these rights, and connect as it."""
    name = f"canary-user-{urlsplit(url).path.strip('/')}"
    _told(url, f"CREATE ROLE \"{name}\" LOGIN {granted} PASSWORD '{PASSWORD}'")
    return _as(url, name)


def _dropped(url: str) -> str:
    return on_database(url, "no_such_one")


def _elsewhere(url: str) -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return url.replace(f":{urlsplit(url).port}/", f":{port}/")


def _another_program(url: str) -> str:
    return _told(url, "CREATE TABLE songs (title text)")


def _of_another_kind(url: str) -> str:
    return _told(url, "CREATE TABLE escrow_store (application text, schema bigint)")


def _stored(url: str) -> str:
    open_store(PostgresDatabase(url)).close()
    return url


def _newer(url: str) -> str:
    return _told(_stored(url), f"UPDATE escrow_store SET schema = {SCHEMA + 1}")


def _older(url: str) -> str:
    return _told(_stored(url), f"UPDATE escrow_store SET schema = {SCHEMA - 1}")


def _not_ours(url: str) -> str:
    _stored(url)
    return _role(url)


def _copy(url: str) -> str:
    name = urlsplit(url).path.strip("/")
    return _told(url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")


CASES: tuple[tuple[Callable[[str], str], str], ...] = (
    (lambda url: _as(url, "postgres", "canary-wrong"), "correct the user and the password"),
    (lambda url: _as(url, "canary-user"), "correct the user and the password"),
    (lambda url: _role(url, "CONNECTION LIMIT 0"), "has no free connection; close another"),
    (_role, "lets this role make no tables; ask for CREATE ON SCHEMA public"),
    (_not_ours, "does not allow this role to do that; ask its owner to grant it"),
    (_dropped, "has no such database; make it with createdb, or name another one"),
    (_elsewhere, "does not answer; see that it runs, and that host and port are right"),
    (lambda url: url.replace("127.0.0.1", "nowhere.invalid"), "names a host that nobody knows"),
    (lambda url: f"{url}?sslmode=require", "cannot be reached as sslmode asks"),
    (lambda url: f"{url}?canary-word=1", "This URL cannot be read; write it as"),
    (lambda url: url.replace(PASSWORD, f"%zz{PASSWORD}"), "This URL cannot be read; write it as"),
    (_another_program, "is another program's database; name an empty one"),
    (_of_another_kind, "is another program's database; name an empty one"),
    (_newer, rf"newer version of this program \(schema {SCHEMA + 1}, this one knows {SCHEMA}\)"),
    (_older, rf"older version of this program \(schema {SCHEMA - 1}"),
    (_copy, "takes no changes; name the server"),
)


@pytest.fixture
def roles_dropped(postgres_server: str, postgres_url: str) -> Iterator[str]:
    """Drop the role that a test made."""
    yield postgres_url
    name = f"canary-user-{urlsplit(postgres_url).path.strip('/')}"
    _told(postgres_server, f'DROP ROLE IF EXISTS "{name}"')


@pytest.mark.parametrize(("spoil", "sentence"), CASES, ids=range(len(CASES)))
def test_what_is_no_store_is_named_left_alone_and_reveals_no_secret(
    roles_dropped: str,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[str], str],
    sentence: str,
) -> None:
    """Not in the error, its traceback or the output; no table is made or changed."""
    url = spoil(roles_dropped)
    before = rows_of(PostgresDatabase(roles_dropped.partition("?")[0]), _TABLES)
    with pytest.raises(StoreProblem, match=sentence) as caught:
        open_store(PostgresDatabase(url))
    assert main(["seat", "list", "--store", url]) == WRONG
    said = capsys.readouterr()
    assert said.err == f"{caught.value}\n"
    whole = "".join(traceback.format_exception(caught.value))
    told = [str(caught.value), repr(caught.value), whole, said.out, said.err]
    assert not [one for one in told if any(secret in one for secret in (*SECRETS, "canary"))]
    assert rows_of(PostgresDatabase(roles_dropped), _TABLES) == before


def test_a_glance_says_the_same_sentence(postgres_url: str) -> None:
    """Where there is no store yet, it says nothing."""
    assert glance(PostgresDatabase(postgres_url)) == ()
    with pytest.raises(StoreProblem, match="newer version"):
        glance(PostgresDatabase(_newer(postgres_url)))


def test_a_driver_that_is_not_installed_is_named_with_its_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Before any server is asked."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    where = PostgresDatabase("postgresql://ann:secret@127.0.0.1/class")
    for ask in (open_store, glance):
        with pytest.raises(StoreProblem, match=r"run pip install 'escrow-tui\[postgres\]'\.$"):
            ask(where)


def test_what_an_extension_created_is_nobodys_data(postgres_url: str) -> None:
    """A database that holds nothing else counts as empty."""
    _told(
        postgres_url,
        "CREATE VIEW sights AS SELECT 1 AS one",
        "ALTER EXTENSION plpgsql ADD VIEW sights",
    )
    open_store(PostgresDatabase(postgres_url)).close()


def test_a_password_from_the_environment_is_used(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it need not be in a command line, which everybody on the machine can read."""
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    open_store(PostgresDatabase(postgres_url.replace(f":{PASSWORD}@", "@"))).close()
