"""The lobby: the exercises, the markets, and how to begin."""
