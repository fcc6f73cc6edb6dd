"""Keeps the tokens of signed links out of the log: Django writes the path of refused and failed requests there."""

import logging
import re

_TOKEN = re.compile(r"(/[atvk]/)[^/\s?]+")
LOGGERS = ("django.request", "django.security.csrf")


class MaskTokens(logging.Filter):
    """Replaces the token in addresses of signed links."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the message's arguments; every record is let through."""
        if isinstance(record.args, tuple):
            record.args = tuple(_TOKEN.sub(r"\1…", arg) if isinstance(arg, str) else arg for arg in record.args)
        return True


def install() -> None:
    """Put the filter on the loggers that write paths; doing it twice changes nothing."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(found, MaskTokens) for found in logger.filters):
            logger.addFilter(MaskTokens())
