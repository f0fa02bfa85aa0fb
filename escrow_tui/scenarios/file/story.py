"""Reads a story: a market's start, its orders, and the steps that are played in it."""

from pathlib import Path

import msgspec

from escrow_tui.engine.money import Money
from escrow_tui.files import Document, Reader, read_document
from escrow_tui.policy import PolicyFile, load_policy, preset_names, with_overrides
from escrow_tui.scenarios.file.arguments import id_fault, instant, money, unknown_name
from escrow_tui.scenarios.file.order_reader import PlacedOrder, read_orders
from escrow_tui.scenarios.file.step_reader import Setting, Step, read_steps

START = 1_772_442_000  # 2026-03-02T09:00:00Z, a Monday
POLICY = "aliexpress"
_KEYS = ("format", "policy", "overrides", "start", "verify", "deposits", "order", "step")


class Deposit(msgspec.Struct, frozen=True):
    """What a seller has put down before the story starts."""

    seller: str
    money: Money


class Story(msgspec.Struct, frozen=True):
    """A story as it is played; `start` is Unix seconds.

    `verify_at_once` lets the bank verify each payment as soon as it is made. The document tells
    the line of a step that did not go as it says.
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
    policy = with_overrides(_policy(reader), reader.table("overrides"))
    start = instant(reader, "start") or START
    verify = reader.take("verify", str, "")
    if verify not in ("", "auto"):
        reader.report("verify", f'verify must be "auto" or left out, not "{verify[:64]}"')
    deposits = _deposits(reader.table("deposits"))
    orders = read_orders(reader.tables("order"))
    steps = read_steps(reader.tables("step"), Setting(orders))
    reader.finish()
    return Story(document, policy, start, bool(verify), deposits, orders, steps)


def _policy(reader: Reader) -> PolicyFile:
    name = reader.take("policy", str, POLICY)
    if name not in preset_names():
        reader.report("policy", unknown_name(name, "policy", preset_names()))
        name = POLICY
    return load_policy(name)


def _deposits(table: Reader) -> tuple[Deposit, ...]:
    read = []
    for seller in table.values:
        if fault := id_fault(seller):
            table.report(seller, fault, at="key")
        put_down = money(table, seller)
        if put_down is not None:
            read.append(Deposit(seller, put_down))
    return tuple(read)
