"""Policy files, read into the engine's Policy, each row with its meaning and source."""

from escrow_tui.policy.overrides import with_overrides
from escrow_tui.policy.policy_file import ExplainedRow, PolicyFile
from escrow_tui.policy.policy_reader import load_policy, preset_names, unknown_policy

__all__ = [
    "ExplainedRow",
    "PolicyFile",
    "load_policy",
    "preset_names",
    "unknown_policy",
    "with_overrides",
]
