"""What happens while the app runs: others' changes, and a store that fails."""
