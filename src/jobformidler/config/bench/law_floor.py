"""Reading bytes once, compiled: the time nothing that looks at all of them can do without."""

import numpy as np
from numba import types

from jobformidler.law.compiler import compiled


@compiled(types.uint64, types.Array(types.uint64, 1, "C"))
def read(words):
    """Look at every word and return something that depends on all."""
    found = np.uint64(0)
    for word in words:
        found ^= word
    return found
