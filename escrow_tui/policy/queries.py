"""What the command line prints about policies: a list, one policy, a check, a comparison."""

import msgspec

from escrow_tui.files.fault import visible
from escrow_tui.policy.plain_values import json_text, told_difference, told_policy
from escrow_tui.policy.policy_file import PolicyFile
from escrow_tui.policy.policy_reader import load_policy, unknown_policy
from escrow_tui.policy.policy_text import (
    printed_check,
    printed_difference,
    printed_list,
    printed_policy,
)
from escrow_tui.policy.shelf import checked, shelf


class Said(msgspec.Struct, frozen=True):
    """The text to print, and the problems that were found."""

    text: str
    problems: tuple[str, ...] = ()


def list_policies(*, as_json: bool) -> Said:
    """List the shipped policies; one that cannot be read does not hide the others."""
    found, faults = shelf()
    text = json_text(found) if as_json else printed_list(found)
    return Said(text, tuple(fault.shown() for fault in faults))


def show_policy(name: str, *, as_json: bool) -> Said:
    """Show a whole policy.

    Raises:
        Faults: everything that is wrong in its file.
    """
    if problems := _unknown(name):
        return Said("", problems)
    file = load_policy(name)
    return Said(json_text(told_policy(file)) if as_json else printed_policy(file))


def check_policies(files: list[str], *, as_json: bool) -> Said:
    """Say which files are fine, and report every fault of the others."""
    found = tuple(checked(files))
    fine = (printed_check(one) for one in found if not one.faults)
    text = json_text(found) if as_json else "\n".join(fine)
    return Said(text, tuple(fault.shown() for one in found for fault in one.faults))


def compare_policies(one: str, other: str, *, as_json: bool) -> Said:
    """Show the rows in which two policies differ.

    Raises:
        Faults: everything that is wrong in the first of the two that cannot be read.
    """
    if problems := _unknown(one, other):
        return Said("", problems)
    files: tuple[PolicyFile, PolicyFile] = load_policy(one), load_policy(other)
    return Said(json_text(told_difference(*files)) if as_json else printed_difference(*files))


def _unknown(*names: str) -> tuple[str, ...]:
    """Return a sentence for each name that is not a policy, with the likely intended one."""
    sentences = (visible(unknown_policy(name)) for name in dict.fromkeys(names))
    return tuple(filter(None, sentences))
