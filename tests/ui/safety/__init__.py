"""Tests of the safety of the terminal and of other people's text."""
