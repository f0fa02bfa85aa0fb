"""Plays a story without a screen, judges it, and prints what came of it."""
