"""What marks a database as a store of this program, and the number of its schema."""

# "ESCR" in ASCII: SQLite keeps it in the file's head, PostgreSQL in a table.
APPLICATION_ID = 0x45534352
SCHEMA = 2
