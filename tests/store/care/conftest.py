"""A store with rows in every table, in a file or in a database, closed by its last user."""

import pytest

from escrow_tui.store import Address


@pytest.fixture(params=["in_file", "in_database"])
def where(request: pytest.FixtureRequest) -> Address:
    """A filled store in a file, and in another run of the test in a database."""
    found: Address = request.getfixturevalue(request.param)
    return found
