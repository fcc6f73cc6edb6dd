"""Keeps the child processes of `jobformidler up` running and stops them in order."""

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from jobformidler.config.errors import LaunchError

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 15.0
#: A child that ran this long has recovered; the next restart starts again with the first pause.
HEALTHY_AFTER = 30.0
STOP_SECONDS = 15.0


@dataclass
class Child:
    """One supervised process. `start` returns the running process, or raises OSError or LaunchError when it cannot.

    The database is `stopped_elsewhere`: other commands may still use it when web and worker are gone.
    """

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    stopped_elsewhere: bool = False
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = FIRST_PAUSE
    restart_at: float | None = None


@dataclass
class Supervisor:
    """Restarts what ends by itself, with growing pauses; `report` gets one sentence per happening."""

    report: Callable[[str], None]
    children: list[Child] = field(default_factory=list)

    def add(self, child: Child) -> None:
        """Start a child and watch it from now on."""
        self.children.append(child)
        self._start(child)

    def watch(self, every: float = 0.1) -> None:
        """Watch until interrupted."""
        while True:
            self.look()
            time.sleep(every)

    def look(self) -> None:
        """One round: notice children that ended, start those whose pause is over."""
        now = time.monotonic()
        for child in self.children:
            if child.process is None:
                if child.restart_at is not None and now >= child.restart_at:
                    self._start(child)
                continue
            code = child.process.poll()
            if code is None:
                continue
            child.process = None
            if now - child.started_at > HEALTHY_AFTER:
                child.pause = FIRST_PAUSE
            how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
            self.report(f"{child.name} {how}; starting it again in {child.pause:.1f} s.")
            child.restart_at = now + child.pause
            child.pause = min(child.pause * 2, LONGEST_PAUSE)

    def stop(self) -> None:
        """Stop all children, the last started first; whoever does not end in time is killed."""
        for child in reversed(self.children):
            child.restart_at = None
            process, child.process = child.process, None
            if child.stopped_elsewhere or process is None or process.poll() is not None:
                continue
            process.terminate()
            try:
                process.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, child: Child) -> None:
        child.restart_at = None
        child.started_at = time.monotonic()
        try:
            child.process = child.start()
        except (OSError, LaunchError) as error:
            self.report(f"{child.name} could not start ({error}); trying again in {child.pause:.1f} s.")
            child.restart_at = time.monotonic() + child.pause
            child.pause = min(child.pause * 2, LONGEST_PAUSE)
