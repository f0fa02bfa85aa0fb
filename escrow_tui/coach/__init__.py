"""Pure, over the journal: what was reached, what it is worth, and what the debrief says."""
