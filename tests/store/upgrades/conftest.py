"""A filled store, as those who look after one have it."""

from tests.store.care.conftest import where

__all__ = ["where"]
