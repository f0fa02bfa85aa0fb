"""The mark of this program's stores, and the number of their schema."""

# "ESCR" in ASCII. SQLite keeps it in the file's header; on PostgreSQL it numbers a lock.
APPLICATION_ID = 0x45534352
SCHEMA = 2
