"""The money that a chair has on the platform: a shop's balances, or a buyer's wallet."""

from collections.abc import Sequence

from textual.widgets import Static

from escrow_tui.ui.safety.text import template
from escrow_tui.views.money_views import AccountView, AmountView
from escrow_tui.views.parts import PersonView


class AccountPanel(Static):
    """Hidden until it has something to show; most buyers never see it."""

    DEFAULT_CSS = """
    AccountPanel { display: none; }
    AccountPanel.-shown { display: block; }
    """

    def show_shop(self, me: PersonView, held: AccountView) -> None:
        """Show a seller their name and balances."""
        self.border_title = "Your shop"
        self.add_class("-shown")
        self.update(
            template(
                "[b]$who[/b]\n"
                "[$text-muted]pending[/] [b]$pending[/] [$primary]─▶[/] "
                "[$text-muted]available[/] [b]$available[/]  "
                "[$text-muted]frozen[/] $frozen  [$text-muted]deposit[/] $deposit  "
                "[$text-muted]debt[/] $debt  [$text-muted]$currency[/]",
                who=" · ".join(filter(None, [me.name, me.place, me.trust])),
                pending=held.pending,
                available=held.available,
                frozen=held.frozen,
                deposit=held.deposit,
                debt=held.debt,
                currency=held.currency,
            )
        )

    def show_wallet(self, held: Sequence[AmountView], key: str) -> None:
        """Show a buyer what the platform keeps for them, if anything; `key` withdraws it."""
        self.border_title = "Your wallet"
        self.set_class(bool(held), "-shown")
        self.update(
            template(
                "[$text-muted]In your wallet:[/] [b]$amounts[/b]  "
                "[$text-muted]$key takes it to your bank[/]",
                key=key,
                amounts=" + ".join(one.amount for one in held),
            )
        )
