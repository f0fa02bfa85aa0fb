"""Writes of entries and everything that follows from them, in one transaction."""
