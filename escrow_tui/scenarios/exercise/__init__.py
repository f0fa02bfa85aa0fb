"""An exercise as it is played: its setup, the answers of the others, the trainee's run."""
