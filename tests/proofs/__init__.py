"""Proofs: long runs that say in figures what holds; `python -m tests.proofs` lists them."""
