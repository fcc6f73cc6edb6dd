"""Work in several processes at once, each with a database connection of its own."""

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from typing import TypeVar

from django.core.management import CommandError
from django.db import connection

T = TypeVar("T")
Tick = Callable[[int], None]


def side_by_side(work: Callable[[T, Tick], None], parts: Sequence[T], told: Tick) -> None:
    """Run `work(part, tick)` for each part; what it ticks is told here. One part runs in this process.

    Raises CommandError when a process fails; its traceback stands on the error output.
    """
    if len(parts) == 1:
        work(parts[0], told)
        return
    # A forked process must not share a connection, so none is open meanwhile.
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it
    fork = multiprocessing.get_context("fork")
    waiting: dict[Connection, multiprocessing.process.BaseProcess] = {}
    for part in parts:
        mine, theirs = fork.Pipe(duplex=False)
        process = fork.Process(target=_run, args=(work, part, theirs), daemon=True)
        process.start()
        theirs.close()
        waiting[mine] = process
    failed = 0
    while waiting:
        for pipe in wait(list(waiting)):
            assert isinstance(pipe, Connection)
            try:
                told(pipe.recv())
            except EOFError:
                ended = waiting.pop(pipe)
                ended.join()
                failed += bool(ended.exitcode)
    if failed:
        raise CommandError("The histories were not finished; see the error above. Start again with an empty database.")


def _run(work: Callable[[T, Tick], None], part: T, pipe: Connection) -> None:
    work(part, pipe.send)
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it
