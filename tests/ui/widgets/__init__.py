"""Tests of the drawn widgets."""
