"""Seats for several people in one market: given, taken with a code, and revoked."""
