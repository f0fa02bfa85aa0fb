"""What the command line can ask about policies: a list, one whole, a check, a comparison."""

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
    """What is printed, and what is wrong, for a person to read."""

    text: str
    problems: tuple[str, ...] = ()


def list_policies(*, as_json: bool) -> Said:
    """Tell the shipped policies; one that cannot be read hides none of the others."""
    found, faults = shelf()
    text = json_text(found) if as_json else printed_list(found)
    return Said(text, tuple(fault.shown() for fault in faults))


def show_policy(name: str, *, as_json: bool) -> Said:
    """Tell a policy whole.

    Raises:
        Faults: everything that is wrong in its file.
    """
    if problems := _unknown(name):
        return Said("", problems)
    file = load_policy(name)
    return Said(json_text(told_policy(file)) if as_json else printed_policy(file))


def check_policies(files: list[str], *, as_json: bool) -> Said:
    """Tell which files are fine, and every fault of the others."""
    found = tuple(checked(files))
    fine = (printed_check(one) for one in found if not one.faults)
    text = json_text(found) if as_json else "\n".join(fine)
    return Said(text, tuple(fault.shown() for one in found for fault in one.faults))


def compare_policies(one: str, other: str, *, as_json: bool) -> Said:
    """Tell the rows in which two policies differ.

    Raises:
        Faults: everything that is wrong in the file of the first that cannot be read.
    """
    if problems := _unknown(one, other):
        return Said("", problems)
    files: tuple[PolicyFile, PolicyFile] = load_policy(one), load_policy(other)
    return Said(json_text(told_difference(*files)) if as_json else printed_difference(*files))


def _unknown(*names: str) -> tuple[str, ...]:
    """Return a sentence for each name that is no policy, with the one that was perhaps meant."""
    sentences = (visible(unknown_policy(name)) for name in dict.fromkeys(names))
    return tuple(filter(None, sentences))
