"""What a log may say of an error: its kind and the lines it came through, never the values it speaks of.

The message of an error often repeats what somebody typed; a database even repeats the whole row. Whatever else is
logged, a CPR number and the secret of a link are left out.
"""

import logging
import re
import traceback
from types import TracebackType


def lines(error: BaseException | None, trace: TracebackType | None) -> list[str]:
    """Kind of the error and its frames, oldest first, and the same of what caused it. No values."""
    if error is None:
        return []
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = [*lines(cause, cause.__traceback__), "which led to"] if cause else []
    frames = [
        f"{frame.filename.rsplit('/src/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    ]
    return [*before, type(error).__name__, *frames]


#: Ten digits that can be a CPR number: a day (plus 60 in replacement numbers), a month, and any sign or none between.
_CPR = re.compile(
    r"(?<![0-9A-Za-z])(?:[04][1-9]|[0-3]\d|[6-9]\d)(?:0[1-9]|1[0-2])\d\d(?:[-\u2013 +]|%2D|%20|%2B)?\d{4}(?![0-9A-Za-z])",
    re.IGNORECASE,
)
#: Secrets that stand in an address: signed links, and the link to a new password.
_LINK = re.compile(r"(/[atv]/|/ny-adgangskode/[^/\s]+/)[A-Za-z0-9_-]{8,}")


def has_cpr(text: str) -> bool:
    """Whether the text holds something like a CPR number, ordinary or replacement."""
    return _CPR.search(text) is not None


def masked(text: str) -> str:
    """The text with CPR-like numbers and the secrets of links left out."""
    return _LINK.sub(r"\1…", _CPR.sub("……", text))


class DiscreetFormatter(logging.Formatter):
    """Writes tracebacks without values, and no line with a CPR number or the secret of a link."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return masked(super().format(record))

    def formatException(self, ei) -> str:  # noqa: N802  the name is the standard library's
        """The lines of the error; the name of its kind stands first."""
        _kind, error, trace = ei
        return "\n".join(lines(error, trace))
