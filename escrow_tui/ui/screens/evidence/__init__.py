"""The evidence of an order, and how each piece and scan is told."""
