"""What a trainee has reached, the score, and the debrief: pure functions over the journal."""
