"""The result of a story as a table for people: its steps, its orders, its money."""

from collections.abc import Iterator, Sequence

import msgspec

from escrow_tui.engine.money import plain
from escrow_tui.files.fault import visible
from escrow_tui.scenarios.story.story_result import OrderResult, StepResult, StoryResult

Cells = tuple[str, ...]


def story_text(result: StoryResult) -> str:
    """Return the result of a story as lines of text."""
    steps = [_step(number, step) for number, step in enumerate(result.steps, start=1)]
    orders = [(f"order {name}", *_order(order)) for name, order in result.orders.items()]
    money = [
        (account, plain(minor, currency).rjust(14), currency)
        for account, held in result.balances.items()
        for currency, minor in held.items()
    ]
    parts = (*_aligned(steps), "", *_aligned(orders), "", *_aligned(money))
    return visible_lines(parts)


def visible_lines(lines: Sequence[str]) -> str:
    """Join lines, with no character that would control a terminal."""
    return "\n".join(visible(line).rstrip() for line in lines).strip("\n")


def _step(number: int, step: StepResult) -> Cells:
    at = step.at.replace("T", " ").removesuffix("Z")
    return (f"{number:3}", at, step.by, step.do, step.order, _came(step))


def _came(step: StepResult) -> str:
    if not isinstance(step.refused, msgspec.UnsetType):
        return f"refused, {step.refused.code}: {step.refused.message}"
    due = f"; then {', '.join(step.due)}" if step.due else ""
    return ", ".join(step.events) + due


def _order(order: OrderResult) -> Cells:
    parts = {
        "in dispute": order.dispute,
        "going back": order.return_,
        "charged back": order.chargeback,
    }
    running = ", ".join(f"{part}: {phase}" for part, phase in parts.items() if phase)
    following = order.deadlines[0] if order.deadlines else None
    until = f"next: {following.name} at {following.at}" if following else ""
    return (order.phase, order.shipment or "", running, until)


def _aligned(rows: Sequence[Cells]) -> Iterator[str]:
    """Pad every column but the last to its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join((*padded[:-1], row[-1]))
