"""The bases of all screens and dialogs, and the registry of their actions."""
