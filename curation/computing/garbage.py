"""The search for garbage, put off while much is made that is none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept_from_searching() -> Iterator[None]:
    """Python looks for objects that refer to each other in a circle again as soon as this ends.

    It looks at everything that is alive whenever many objects are made, and rows of samples are many: that was a sixth
    of an export. They refer to each other in no circle, so their memory is free at once all the same.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
