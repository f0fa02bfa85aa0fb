"""What each role may see of an order: frozen, printable values without a field to spare."""
