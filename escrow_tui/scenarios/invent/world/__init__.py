"""Makes a market with a history: people, goods, and orders in every phase, from a seed."""
