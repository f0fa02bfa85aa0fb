"""A run of an exercise: its setup, what the others do, and the trainee's part."""
