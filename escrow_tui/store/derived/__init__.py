"""What follows from the journal: recomputed, compared with what is stored, and rebuilt."""
