"""Reading a market, each chapter within one snapshot."""
