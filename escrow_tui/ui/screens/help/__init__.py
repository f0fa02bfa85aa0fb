"""Help: the keys of the screen beneath it, and the game in a few words."""
