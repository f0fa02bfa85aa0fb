"""The debrief, and the parts that it shows."""
