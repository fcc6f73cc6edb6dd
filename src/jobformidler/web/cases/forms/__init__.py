"""Forms of a case: plain questions whose answers go to the actions."""
