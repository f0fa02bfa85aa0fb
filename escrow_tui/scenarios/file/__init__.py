"""Reads what a trainer wrote in TOML into typed values."""
