"""Measurements of `jobformidler bench`."""
