"""What the events of each chapter make of an order."""
