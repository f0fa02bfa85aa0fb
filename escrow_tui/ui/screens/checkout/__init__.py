"""The checkout, and the facts of what is bought."""
