"""Sessions, which screens hold: a desk, and what the person at the screen may do there."""
