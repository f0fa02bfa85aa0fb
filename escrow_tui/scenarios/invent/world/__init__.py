"""A market that has been lived in: people, goods, and orders in every phase, from a seed."""
