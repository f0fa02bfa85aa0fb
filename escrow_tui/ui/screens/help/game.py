"""The game explained in a few words, with its keys."""

from escrow_tui.ui.ground.actions import MARKET, key_at
from escrow_tui.ui.safety.text import template

GAME = template(
    "[b $primary]Where the money is[/]\n"
    "The buyer pays the platform, not the seller. The platform holds the money in escrow until the"
    " buyer confirms, a deadline passes, or a dispute is decided. A dispute moves nothing; what is"
    " decided does. [$accent]$money[/] shows each movement.\n\n"
    "[b $primary]The chairs[/]\n"
    "Buyer, seller, mediator: each sees only what its chair may know. In an exercise you sit in"
    " one, and the others answer. In free play [$accent]$first[/] to [$accent]$last[/] change"
    " chairs; backstage you are the carrier and the bank.\n\n"
    "[b $primary]The clock[/]\n"
    "Time stands still until you move it: [$accent]$hour[/] an hour, [$accent]$day[/] a day,"
    " [$accent]$next[/] to the next deadline. Staying silent until a deadline passes is a"
    " decision too.\n\n"
    "[b $primary]Mistakes[/]\n"
    "cost nothing. A form shows what it would do before you confirm it; [$accent]$undo[/] takes"
    " your last act back; [$accent]$why[/] says why something cannot be done. Everything is kept:"
    " leave at any time, and go on from the lobby.",
    **{name: key_at(MARKET, name) for name in ("money", "hour", "day", "next", "undo")},
    first=key_at(MARKET, "chair1").upper(),
    last=key_at(MARKET, "chair4").upper(),
    why=key_at("order", "why"),
)
