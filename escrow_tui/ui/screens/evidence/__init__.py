"""The evidence of an order: its pieces, and the scans of the parcels."""
