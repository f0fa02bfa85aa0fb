"""A filled store in a file or in a database."""

from tests.store.care.conftest import where

__all__ = ["where"]
