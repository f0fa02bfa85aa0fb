"""A server of PostgreSQL for the whole session, a database for each test, no terminal's size."""

import os
from collections.abc import Iterator

import pytest

from tests.given.server import database, running


def pytest_configure() -> None:
    """Let programs in a terminal of the tests ask it for its size, not the environment."""
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start a server when the first test asks for it; ended with the session."""
    with running() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """Make an empty database, dropped after the test."""
    with database(postgres_server) as url:
        yield url
