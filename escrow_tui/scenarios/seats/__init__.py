"""Seats for several people in one market: given by a trainer, taken with a code, revoked."""
