"""Reads of a market within one snapshot, one module per subject."""
