"""What a screen holds: a desk, and what the person in front of it may do there."""
