"""Plays a story without a screen, judges each step, and prints the result."""
