"""An order as one role sees it, asked of a session or a desk, with the type of that role's view."""

from typing import Protocol

from escrow_tui.engine.roles import CARRIER, Actor
from escrow_tui.views.choices import OrderView
from escrow_tui.views.order_views import BackstageOrder, BuyerOrder, MediatorCase, SellerOrder


class ShowsOrders(Protocol):
    """A session, or the desk beneath it."""

    def order(self, actor: Actor, order_id: str) -> OrderView:
        """Return the order as the actor's role sees it."""


def buyer_view(shows: ShowsOrders, buyer: Actor, order_id: str) -> BuyerOrder:
    """Return the order as its buyer sees it."""
    view = shows.order(buyer, order_id)
    assert isinstance(view, BuyerOrder)
    return view


def seller_view(shows: ShowsOrders, seller: Actor, order_id: str) -> SellerOrder:
    """Return the order as its seller sees it."""
    view = shows.order(seller, order_id)
    assert isinstance(view, SellerOrder)
    return view


def mediator_view(shows: ShowsOrders, mediator: Actor, order_id: str) -> MediatorCase:
    """Return the case file of the order."""
    view = shows.order(mediator, order_id)
    assert isinstance(view, MediatorCase)
    return view


def backstage_view(shows: ShowsOrders, order_id: str) -> BackstageOrder:
    """Return the order as the carrier and the bank see it."""
    view = shows.order(CARRIER, order_id)
    assert isinstance(view, BackstageOrder)
    return view
