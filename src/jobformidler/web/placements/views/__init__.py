"""Screens of placements, by topic."""
