"""Reads what stories and scenarios say alike about a market: its policy, and the bank's speed."""

from escrow_tui.files import Reader
from escrow_tui.policy import PolicyFile, load_policy, preset_names, with_overrides
from escrow_tui.scenarios.file.arguments import unknown_name

DEFAULT_POLICY = "aliexpress"


def read_policy(reader: Reader) -> PolicyFile:
    """Return the shipped policy that is named, with the rows that the file overrides."""
    name = reader.take("policy", str, DEFAULT_POLICY)
    if name not in preset_names():
        reader.report("policy", unknown_name(name, "policy", preset_names()))
        name = DEFAULT_POLICY
    return with_overrides(load_policy(name), reader.table("overrides"))


def read_verify(reader: Reader) -> bool:
    """Tell whether the bank verifies each payment as soon as it is made."""
    verify = reader.take("verify", str, "")
    if verify not in ("", "auto"):
        reader.report("verify", f'verify must be "auto" or left out, not "{verify[:64]}"')
    return bool(verify)
