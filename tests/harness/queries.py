"""Counts the queries of a block and where our code asked for them, and compares with a small file beside the test."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

import jobformidler

PACKAGE = str(Path(jobformidler.__file__).parent) + "/"
#: More queries than this are too many for one screen, whatever a file says.
MOST = 15
_TRANSACTION = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
#: Entering the tenant's context: one call a request. A test is inside one already, and gets its own back at the end.
_CONTEXT = "core/db.py:_set"


class TooManyQueriesError(AssertionError):
    """A block asked the database more, less or elsewhere than its file says."""


def _origin() -> str:
    frame = sys._getframe(2)
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(PACKAGE):
            return f"{file.removeprefix(PACKAGE)}:{frame.f_code.co_name}"
        frame = frame.f_back
    return "django"


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Queries by origin, `file:function` of the innermost line of ours; savepoints are left out."""
    found: Counter[str] = Counter()

    def note(execute, sql, params, many, context):
        if not str(sql).startswith(_TRANSACTION):
            found[_origin()] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found
    if _CONTEXT in found:
        found[_CONTEXT] = 1


def as_text(found: Counter[str]) -> str:
    """What is kept in the file."""
    return "\n".join([f"{found.total()} queries", *(f"{n:3} {origin}" for origin, n in sorted(found.items())), ""])


@contextmanager
def assert_queries(file: Path, *, update: bool, most: int = MOST) -> Iterator[None]:
    """The block asks as the file says; `update` writes the file instead. Never more than `most`."""
    with counted() as found:
        yield
    now = as_text(found)
    if found.total() > most:
        raise TooManyQueriesError(f"{file.stem}: more than {most}\n{now}")
    if update:
        file.parent.mkdir(exist_ok=True)
        file.write_text(now, encoding="utf-8")
    before = file.read_text(encoding="utf-8") if file.is_file() else "nothing known yet\n"
    if now != before:
        raise TooManyQueriesError(f"{file.stem}: was\n{before}\nis\n{now}\nIf that is meant: pytest --update-queries")
