"""Card and personal details are shown only to their owner, and read for nobody else."""

from pathlib import Path

import pytest

from escrow_tui.desk.session import NoSuchOrderError
from escrow_tui.engine.commands import SendMessage
from escrow_tui.scenarios import opening
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.store import SqliteFile
from tests.given.seats import (
    Seats,
    appealed,
    bought,
    delivered,
    do,
    escalated,
    me,
    opened,
    paid,
    seat_of,
)
from tests.given.sent_rows import recorded
from tests.given.views import seller_view
from tests.scenarios.session.seat_calls import CALLS, NAMELESS, asked


def everything(session: Sitting, orders: tuple[str, ...]) -> str:
    """Return all that a seat can be shown, as one text."""
    seen: list[object] = []
    for order in orders:
        for call in (*CALLS.values(), *NAMELESS.values()):
            seen.append(asked(call, session, me(session), order))
    seen += [session.person(f"buyer-{number}") for number in (1, 2)]
    seen += [session.chairs, session.title, session.undo(), session.hint(), session.coach()]
    return repr(seen)


def stories(seats: Seats) -> tuple[str, ...]:
    """Play orders of both buyers as far as they go."""
    return (
        bought(seats.ann, seats.shop),
        delivered(seats, seats.ann, seats.shop),
        escalated(seats, seats.ann, seats.rival),
        appealed(seats, seats.bob, seats.shop),
    )


@pytest.mark.parametrize("who", ["shop", "rival", "judge", "backstage", "bob"])
def test_nobody_else_is_shown_anns_private_details(seats: Seats, who: str) -> None:
    """Neither her name, street, phone nor card; she herself is."""
    orders = stories(seats)
    private = seats.ann.private(me(seats.ann))
    assert private is not None
    secrets = (private.name, private.street, private.phone, private.card)
    assert all(secret in everything(seats.ann, orders) for secret in secrets)
    shown = everything(seat_of(seats, who), orders)
    assert len(shown) > 2_000
    assert [secret for secret in secrets if secret in shown] == []


@pytest.mark.parametrize("who", ["shop", "judge", "backstage"])
def test_no_other_seat_reads_the_table_of_private_details(seats: Seats, who: str) -> None:
    """No statement of such a session names it; a buyer's own does."""
    orders = stories(seats)
    with recorded() as sent:
        everything(seat_of(seats, who), orders)
        do(seats.shop, orders[1], SendMessage("did it come?"))
    assert len(sent) >= 50
    assert [sql for sql, _ in sent if "private" in sql] == []
    with recorded() as sent:
        seats.ann.private(me(seats.ann))
    assert [sql for sql, _ in sent if "private" in sql]


def test_a_seller_sees_the_address_if_the_policy_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only for the seller's own orders; neither phone nor card is read for it."""
    monkeypatch.setattr(opening, "FREE_POLICY", "aliexpress-strict")
    with opened(SqliteFile(tmp_path / "strict.sqlite"), tmp_path) as seats:
        order = paid(seats, seats.ann, seats.shop)
        private = seats.ann.private(me(seats.ann))
        assert private is not None
        with recorded() as sent:
            address = seller_view(seats.shop, me(seats.shop), order).address
        assert address == f"{private.name}, {private.street}"
        (sql,) = [sql for sql, _ in sent if "private" in sql]
        assert "card" not in sql
        assert "phone" not in sql
        with pytest.raises(NoSuchOrderError):
            seats.rival.order(me(seats.rival), order)
