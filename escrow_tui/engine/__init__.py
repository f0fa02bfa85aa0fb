"""The pure escrow engine: given an order, a command and an instant, what happens, and why not."""
