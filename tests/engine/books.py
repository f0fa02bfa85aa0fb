"""A story's books in a form that tests can write: postings by event, balances, account names."""

from escrow_tui.engine.events import name_of
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.ledger import TransferLine, transfer
from escrow_tui.engine.order import Order
from tests.given.orders import World

Lines = dict[str, int]
CAPTURE = {"ext:buyer USD": -10_000, "escrow:A USD": 10_000}
COST = {"platform:psp_fees USD": -320, "ext:psp USD": 320}
COMMISSION, PAYABLE = "platform:commission USD", "refunds_payable USD"
RECEIVABLE, LOSS = "chargeback_receivable USD", "platform:chargeback_loss USD"
FEE = {"platform:dispute_fees USD": -1_500, "ext:network USD": 1_500}
WALLET = "buyer:buyer-1:wallet USD"
AVAILABLE, DEPOSIT = "seller:seller-1:available", "seller:seller-1:deposit"


def usd(**accounts: int) -> Lines:
    """Name accounts by keywords: `pending`, `available`, `deposit`, `debt`."""
    return {f"seller:seller-1:{name} USD": minor for name, minor in accounts.items()}


def postings(world: World) -> list[tuple[str, Lines]]:
    """Return every event that moved money, with its lines."""
    orders: dict[str, Order] = {}
    found: list[tuple[str, Lines]] = []
    for stream, at, event in world.history:
        order = orders.get(stream)
        lines = transfer(event, order)
        if lines:
            found.append((name_of(event), written(lines)))
        if stream in world.orders:
            orders[stream] = evolve(order, event, stream, at)
    return found


def written(lines: tuple[TransferLine, ...]) -> Lines:
    """Return lines by account and currency; accounts of buyer and exchange may appear twice."""
    found: Lines = {}
    for line in lines:
        key = f"{line.account} {line.currency}"
        found[key] = found.get(key, 0) + line.minor
    return found


def end(world: World) -> Lines:
    """Return every account whose balance is not zero."""
    return {
        f"{account} {currency}": minor
        for (account, currency), minor in world.balances.items()
        if minor
    }
