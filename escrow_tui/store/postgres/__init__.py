"""A store in a database of PostgreSQL."""
