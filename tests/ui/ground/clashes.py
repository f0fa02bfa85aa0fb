"""Keys that mean two things at once: the nearer one shadows the farther one in silence."""

from collections.abc import Iterator
from typing import Any

from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode
from textual.screen import Screen

Clash = tuple[str, str, str]


def clashes_on(screen: Screen[Any]) -> set[Clash]:
    """Return each key with the binding that wins and one that it shadows.

    The focus may be on any widget that can have it; what Textual shadows of its own is left out.
    """
    chains = [tuple(one.ancestors_with_self) for one in screen.query("*") if one.can_focus]
    found: set[Clash] = set()
    for chain in (*chains, (screen, screen.app)):
        nearest: dict[str, tuple[type, Binding]] = {}
        for owner, binding in _bindings(chain):
            winner = nearest.setdefault(binding.key, (owner, binding))
            if winner[1].action != binding.action and (_is_ours(winner[0]) or _is_ours(owner)):
                found.add((binding.key, _name(*winner), _name(owner, binding)))
    return found


def _bindings(chain: tuple[DOMNode, ...]) -> Iterator[tuple[type, Binding]]:
    """Every binding of the nodes, one a key: the nearest node first, a class before its bases."""
    for node in chain:
        told: set[tuple[str, str]] = set()
        for owner in type(node).__mro__:
            for _, binding in BindingsMap(owner.__dict__.get("BINDINGS", ())):
                told.add((binding.key, binding.action))
                yield owner, binding
        # The app adds the key of its palette by itself.
        added = (one for _, one in node._bindings if (one.key, one.action) not in told)
        yield from ((type(node), binding) for binding in added)


def _is_ours(owner: type) -> bool:
    return owner.__module__.startswith(("escrow_tui", "tests"))


def _name(owner: type, binding: Binding) -> str:
    """An action of the registry by itself, whichever screen has it; another one with its class."""
    ours = binding.action.startswith("do(")
    return binding.action if ours else f"{owner.__name__}.{binding.action}"
