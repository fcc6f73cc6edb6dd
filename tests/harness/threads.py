"""Several people at once: each call runs in a thread with a connection of its own, all start together."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def at_once(*calls: Callable[[Callable[[], Any]], Any]) -> list[Any]:
    """What each call returned or raised. A call gets `ready`, to be called when it stands at the start."""
    start = Barrier(len(calls), timeout=20)

    def run(call: Callable[[Callable[[], Any]], Any]) -> Any:
        try:
            return call(start.wait)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        ends = [threads.submit(run, call) for call in calls]
    return [end.exception() or end.result() for end in ends]
