"""The one error the command line shows as a sentence."""


class LaunchError(Exception):
    """Something outside the program is in the way; the message is the one sentence the user needs."""
