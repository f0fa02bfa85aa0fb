"""The order after each chapter's events."""
