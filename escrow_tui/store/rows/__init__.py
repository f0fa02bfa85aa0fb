"""Between rows of the database and values: records, their encoding, the chain and the seals."""
