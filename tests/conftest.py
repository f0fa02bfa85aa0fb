"""A server of PostgreSQL for the whole session, and a database of its own for each test."""

from collections.abc import Iterator

import pytest

from tests.given.server import database, running


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
