"""What one role may see of an order: frozen values, ready to print, with no field beyond that."""
