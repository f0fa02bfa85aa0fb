"""What the views of an order are made from."""

from collections.abc import Mapping

import msgspec

from escrow_tui.engine.entry import Entry
from escrow_tui.engine.market import Person
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.views.parts import RuleText


class OrderFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a view is made from: the order, its journal, its policy, people's public data, the time.

    `now` is Unix seconds. `address` is where the parcel goes; it is empty unless the policy row
    `seller_sees_address` shows it to the seller.
    """

    order: Order
    entries: tuple[Entry, ...]
    policy: Policy
    rules: Mapping[str, RuleText]
    people: Mapping[str, Person]
    now: int
    address: str = ""
