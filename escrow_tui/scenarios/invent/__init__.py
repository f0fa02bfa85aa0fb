"""Invents people, goods and whole markets from a seed."""
