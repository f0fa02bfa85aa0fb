"""The second books: accounts by name and currency, and what a seller's claw and purse do."""

Lines = list[tuple[str, int]]


class Books:
    """Balances in minor units; an account at zero is not listed."""

    def __init__(self) -> None:
        self.accounts: dict[tuple[str, str], int] = {}

    def of(self, account: str, currency: str) -> int:
        """Return a balance."""
        return self.accounts.get((account, currency), 0)

    def post(self, currency: str, lines: Lines) -> None:
        """Write lines, which sum to zero."""
        assert not sum(minor for _, minor in lines), lines
        for account, minor in lines:
            balance = self.accounts.get((account, currency), 0) + minor
            if balance:
                self.accounts[account, currency] = balance
            else:
                self.accounts.pop((account, currency), None)

    def taken(self, seller: str, currency: str, owed: int, parts: str) -> tuple[Lines, int]:
        """Say which of a seller's accounts give what is owed; also what pending gives of it."""
        lines, pending = [], 0
        for part in parts.split():
            given = min(owed, self.of(f"seller:{seller}:{part}", currency))
            lines.append((f"seller:{seller}:{part}", -given))
            owed -= given
            pending += given if part == "pending" else 0
        lines.append((f"seller:{seller}:debt", -owed))
        return lines, pending
