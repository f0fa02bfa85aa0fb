"""The desk of a chair, and the list of its orders."""
