"""The memory of the process that is measured."""

import re
from pathlib import Path


def peak_mb() -> int:
    """The most memory this process has held, in megabytes.

    Not `ru_maxrss`: a child's begins with what its parent held when it was started.
    """
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) // 1024
