"""What follows from the journal, computed anew and compared with what is stored."""
