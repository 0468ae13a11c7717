"""Numba's compiler with the types kept: compiled on the first call, then read from a cache beside the file."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(loop: Loop) -> Loop:
    """The same function as machine code; other threads go on while it runs."""
    return cast("Loop", numba.njit(cache=True, nogil=True)(loop))


def compiled_sum(loop: Loop) -> Loop:
    """As `compiled`, and sums may be taken in any order, which is what lets the processor add many at once."""
    return cast("Loop", numba.njit(cache=True, nogil=True, fastmath={"reassoc", "contract"})(loop))


def inlined(loop: Loop) -> Loop:
    """As `compiled`, for what is called in an innermost loop."""
    return cast("Loop", numba.njit(cache=True, nogil=True, inline="always", fastmath=True)(loop))


def compiled_loosely(loop: Loop) -> Loop:
    """As `compiled`, with the shortcuts that keep no NaN; the same machine still gives the same bytes."""
    return cast("Loop", numba.njit(cache=True, nogil=True, fastmath=True)(loop))
