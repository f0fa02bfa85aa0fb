"""Reads a story: a market's start, its orders, and the steps that are played."""

from pathlib import Path

import msgspec

from escrow_tui.engine.money import Money
from escrow_tui.files import Document, Reader, read_document
from escrow_tui.policy import PolicyFile
from escrow_tui.scenarios.file.arguments import id_fault, instant, money
from escrow_tui.scenarios.file.market_fields import read_policy, read_verify
from escrow_tui.scenarios.file.order_reader import PlacedOrder, read_orders
from escrow_tui.scenarios.file.step_reader import Setting, Step, read_steps

START = 1_772_442_000  # 2026-03-02T09:00:00Z, a Monday
_KEYS = ("format", "policy", "overrides", "start", "verify", "deposits", "order", "step")


class Deposit(msgspec.Struct, frozen=True):
    """What a seller has deposited before the story starts."""

    seller: str
    money: Money


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """A story to play; `start` is in Unix seconds.

    `verify_at_once` lets the bank verify each payment as soon as it is made. `document` knows the
    line of each step, for one that does not go as the story says.
    """

    document: Document
    policy: PolicyFile
    start: int
    verify_at_once: bool
    deposits: tuple[Deposit, ...]
    orders: tuple[PlacedOrder, ...]
    steps: tuple[Step, ...]


def read_story(path: Path) -> Story:
    """Read a story's file.

    Raises:
        Faults: everything that is wrong in it.
    """
    return story_of(read_document(path))


def story_of(document: Document) -> Story:
    """Read a story's document.

    Raises:
        Faults: everything that is wrong in it.
    """
    reader = Reader(document)
    reader.only(*_KEYS)
    reader.need_format(1)
    policy = read_policy(reader)
    start = instant(reader, "start") or START
    verify = read_verify(reader)
    deposits = _deposits(reader.table("deposits"))
    orders = read_orders(reader.tables("order"))
    steps = read_steps(reader.tables("step"), Setting(orders))
    reader.finish()
    return Story(
        document=document,
        policy=policy,
        start=start,
        verify_at_once=verify,
        deposits=deposits,
        orders=orders,
        steps=steps,
    )


def _deposits(table: Reader) -> tuple[Deposit, ...]:
    read = []
    for seller in table.values:
        if fault := id_fault(seller):
            table.report(seller, fault, at="key")
        put_down = money(table, seller)
        if put_down is not None:
            read.append(Deposit(seller, put_down))
    return tuple(read)
