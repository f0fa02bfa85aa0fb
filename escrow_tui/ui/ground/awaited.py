"""Which orders a chair sees as rows."""

import msgspec

from escrow_tui.desk.session import Session
from escrow_tui.engine.roles import BANK, CARRIER, Actor, Role
from escrow_tui.views.order_row import OrderRow

_BACKSTAGE = (Role.CARRIER, Role.BANK)


def page(session: Session, actor: Actor, after: str = "", words: str = "") -> tuple[OrderRow, ...]:
    """Return a page of a chair's rows; backstage is awaited where carrier or bank is."""
    if actor.role not in _BACKSTAGE:
        return session.rows(actor, after, words)
    awaited = {one.id for one in session.rows(BANK, after, words) if one.mine}
    rows = session.rows(CARRIER, after, words)
    return tuple(msgspec.structs.replace(one, mine=one.mine or one.id in awaited) for one in rows)
