"""Proofs: long runs whose figures say what holds; `python -m tests.proofs` lists them."""
