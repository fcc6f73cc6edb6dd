"""What makes the tests bite: mistakes that would pass silently elsewhere fail here. `README.md` lists them."""
