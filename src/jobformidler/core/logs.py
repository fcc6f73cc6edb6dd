"""What a log may say of an error: its kind and the lines it came through, never the values it speaks of.

The message of an error often repeats what somebody typed; a database even repeats the whole row.
"""

import logging
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


class DiscreetFormatter(logging.Formatter):
    """Writes tracebacks without values."""

    def formatException(self, ei) -> str:  # noqa: N802  the name is the standard library's
        """The lines of the error; the name of its kind stands first."""
        _kind, error, trace = ei
        return "\n".join(lines(error, trace))
