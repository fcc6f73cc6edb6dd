"""Starting child processes that never outlive the process that started them."""

import ctypes
import os
import pwd
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any

# Bound here: after a change of user the child could no longer import what lies under /root.
_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1


def _end_with_parent(end_signal: signal.Signals, parent: int) -> Callable[[], None]:
    def in_child() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(end_signal), 0, 0, 0)
        if os.getppid() != parent:  # the parent died between fork and this line
            os._exit(1)

    return in_child


def spawn(
    command: Sequence[str],
    *,
    end_signal: signal.Signals = signal.SIGTERM,
    run_as: pwd.struct_passwd | None = None,
    env: Mapping[str, str] | None = None,
    cwd: str | None = None,
    output: IO[Any] | int | None = None,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start `command` in a session of its own: Ctrl-C reaches only the launcher, which then stops things in order.

    `end_signal` is what the kernel sends the child when this process dies, also by kill -9. Call it from the main
    thread: the kernel counts the death of the calling thread. `run_as` switches user and group before exec.
    """
    identity: dict[str, Any] = {}
    if run_as is not None:
        identity = {
            "user": run_as.pw_uid,
            "group": run_as.pw_gid,
            "extra_groups": os.getgrouplist(run_as.pw_name, run_as.pw_gid),
        }
    return subprocess.Popen(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        env=dict(env) if env is not None else None,
        cwd=cwd,
        pass_fds=tuple(pass_fds),
        start_new_session=True,
        preexec_fn=_end_with_parent(end_signal, os.getpid()),
        **identity,
    )
