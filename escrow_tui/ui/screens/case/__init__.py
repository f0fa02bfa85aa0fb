"""The case file of a mediator, and the sections on it."""
