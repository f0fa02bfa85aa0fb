"""Widgets that draw what they are given; they know no order, no desk and no engine."""
