"""Numba's compiler with the types kept: compiled on the first call, then read from a cache beside the file."""

from collections.abc import Callable
from typing import TypeAlias, TypeVar, cast

import numba
from numba.core.caching import IndexDataCacheFile
from numba.core.dispatcher import Dispatcher

Compiled: TypeAlias = "Dispatcher[Callable[..., object]]"
Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(loop: Loop) -> Loop:
    """The same function as machine code; other threads go on while it runs."""
    return cast("Loop", _fresh(numba.njit(cache=True, nogil=True)(loop)))


def compiled_sum(loop: Loop) -> Loop:
    """As `compiled`, and sums may be taken in any order, which is what lets the processor add many at once."""
    return cast("Loop", _fresh(numba.njit(cache=True, nogil=True, fastmath={"reassoc", "contract"})(loop)))


def inlined(loop: Loop) -> Loop:
    """As `compiled`, for what is called in an innermost loop."""
    return cast("Loop", _fresh(numba.njit(cache=True, nogil=True, inline="always", fastmath=True)(loop)))


def compiled_loosely(loop: Loop) -> Loop:
    """As `compiled`, with the shortcuts that keep no NaN; the same machine still gives the same bytes."""
    return cast("Loop", _fresh(numba.njit(cache=True, nogil=True, fastmath=True)(loop)))


def _fresh(made: Compiled) -> Compiled:
    """The same with a cache that holds only while the files of all that it may call stay as they are.

    Numba looks at the file of the function alone, and machine code has what it calls inside. So the stamp of a file
    is joined by those of the compiled functions that it imports, which carry those of theirs.
    """
    known = made.py_func.__globals__.values()
    called = {one.py_func.__module__: _kept(one)._source_stamp for one in known if isinstance(one, Dispatcher)}
    called.pop(made.py_func.__module__, None)
    _kept(made)._source_stamp = (_kept(made)._source_stamp, sorted(called.items()))
    return made


def _kept(made: Compiled) -> IndexDataCacheFile:
    """Where the machine code lies; Numba has no public name for it."""
    file: IndexDataCacheFile = vars(made)["_cache"]._cache_file
    return file
