"""What every screen inside a market stands on."""
