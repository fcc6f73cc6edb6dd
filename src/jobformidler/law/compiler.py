"""How the loops of this package are compiled, and the types their arguments have.

With the types given, nothing is compiled twice for different callers.
"""

from collections.abc import Callable
from typing import Any

import numba
from numba import types

# Columns as they come in: contiguous and not written to, so that callers may hand over what they cannot write either.
INT32, INT64, UINT8 = (types.Array(kind, 1, "C", readonly=True) for kind in (types.int32, types.int64, types.uint8))
TABLE = types.Array(types.int16, 2, "C", readonly=True)
LINE = types.Array(types.int16, 1, "C", readonly=True)
WORK32, WORK8 = types.Array(types.int32, 1, "C"), types.Array(types.uint8, 1, "C")
WORK64, OUT = types.Array(types.int64, 1, "C"), types.Array(types.int32, 2, "C")
DAY, FLAG = types.int64, types.int64


def compiled(*signature: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Compile for these arguments, the result first; the machine code is kept on disk where a folder can be written."""

    def compile_it(function: Callable[..., Any]) -> Callable[..., Any]:
        made = signature[0](*signature[1:])
        try:
            return numba.njit(made, cache=True, nogil=True, forceinline=True)(function)
        except RuntimeError:  # numba found no place for its cache
            return numba.njit(made, nogil=True, forceinline=True)(function)

    return compile_it
