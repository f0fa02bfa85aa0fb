"""Fills a market: its people, their goods, and what happens to them."""
