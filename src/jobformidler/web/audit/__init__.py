"""The access log for the security officer, and emergency access for those who need it."""
