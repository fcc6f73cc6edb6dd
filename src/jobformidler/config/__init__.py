"""The top layer: settings, URLs, the command line and the launcher."""
