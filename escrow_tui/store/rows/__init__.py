"""Rows of the database and values: their encoding, the journal's chain and the seals."""
