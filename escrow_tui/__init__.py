"""A terminal simulator of a marketplace with escrow, on which support staff are trained."""
