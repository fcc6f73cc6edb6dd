"""Commands of the screens."""
