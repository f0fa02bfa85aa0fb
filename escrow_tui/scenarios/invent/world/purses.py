"""The balances of people in a world, and when they withdraw money."""

from collections.abc import Iterable, Iterator, Sequence
from random import Random

import msgspec

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import MarketCommand, WithdrawMoney, WithdrawWallet
from escrow_tui.engine.entry import account_stream
from escrow_tui.engine.events import AnyEvent, DepositMade
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.ledger import TransferLine, transfer
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.treasury import decide_market
from escrow_tui.store import Append, account_from_balances

_CURRENCY = "USD"
_FORTNIGHT = 14 * DAY
# One shop in this many has no deposit.
_NO_DEPOSIT = 3
_PEOPLE = ("seller:", "buyer:")


class Purse(msgspec.Struct, frozen=True):
    """A balance that will be withdrawn: a shop's every fortnight, a buyer's once."""

    owner: Actor
    currency: str


# When a purse is opened, a name to sort by, and the purse.
Opening = tuple[int, str, Purse]


class Purses:
    """The balances of people; what an order holds is part of the order."""

    def __init__(self, chance: Random, policy: Policy) -> None:
        self._chance, self._policy = chance, policy
        self._held: dict[tuple[str, str], int] = {}
        self._accounts: dict[tuple[str, str], SellerAccount] = {}
        self._versions: dict[str, int] = {}
        # New openings; `Life` takes them from here.
        self.waiting: list[Opening] = []
        self._made = 0

    def filled(self, started: int, shops: Sequence[str]) -> Iterator[Append]:
        """Yield the deposits of most shops, and choose for each shop a day for withdrawals."""
        for shop in shops:
            owner = Actor(Role.SELLER, shop)
            self._wait(started + self._chance.randrange(_FORTNIGHT), Purse(owner, _CURRENCY))
            if self._chance.randrange(_NO_DEPOSIT):
                amount = self._chance.randrange(50, 501, 50) * 100
                yield self._append(started, owner, None, DepositMade(shop, amount, _CURRENCY))

    def account(self, seller: str, currency: str) -> SellerAccount:
        """Return a seller's balances in a currency."""
        key = (seller, currency)
        found = self._accounts.get(key)
        if found is None:
            found = self._accounts[key] = account_from_balances(self._held, seller, currency)
        return found

    def book(self, lines: Iterable[TransferLine], at: int) -> None:
        """Add the lines of an instant (Unix seconds); half of the buyers paid withdraw it later."""
        for line in lines:
            account, minor = line.account, line.minor
            if not account.startswith(_PEOPLE):
                continue
            kind, owner, _ = account.split(":")
            key = (account, line.currency)
            self._held[key] = self._held.get(key, 0) + minor
            if kind == "seller":
                self._accounts.pop((owner, line.currency), None)
            elif minor > 0 and self._chance.randrange(2):
                later = at + self._chance.randint(1, 20) * DAY
                self._wait(later, Purse(Actor(Role.BUYER, owner), line.currency))

    def opened(self, purse: Purse, at: int) -> Append | None:
        """Return the entry that withdraws everything in a purse; None if it is empty."""
        owner = purse.owner
        shop = owner.role is Role.SELLER
        if shop:
            self._wait(at + _FORTNIGHT, purse)
        account = f"{owner.role}:{owner.person}:{'available' if shop else 'wallet'}"
        held = self._held.get((account, purse.currency), 0)
        if held <= 0:
            return None
        command: MarketCommand = (WithdrawMoney if shop else WithdrawWallet)(held, purse.currency)
        answer = decide_market(command, owner, held, self._policy)
        return (
            None
            if isinstance(answer, Refused)
            else self._append(at, owner, command, *answer.events)
        )

    def _wait(self, at: int, purse: Purse) -> None:
        self._made += 1
        self.waiting.append((at, f"{purse.owner.person} {self._made}", purse))

    def _append(
        self, at: int, owner: Actor, command: MarketCommand | None, event: AnyEvent
    ) -> Append:
        """Return an entry of a person's account."""
        stream = account_stream(owner.person)
        version = self._versions.get(stream, 0)
        self._versions[stream] = version + 1
        lines = transfer(event, None)
        self.book(lines, at)
        return Append(
            stream=stream,
            version=version,
            at=at,
            actor=owner,
            events=(event,),
            command_id="",
            command=command,
            lines=lines,
        )
