"""Regular expressions that readers type. RE2 never runs away, but it may still be slow on many long texts (T22)."""

from functools import lru_cache
from threading import Timer

import duckdb

from curation.errors import BadInput
from curation.store.workspace import Workspace

SECONDS = 5.0
"""So long a pattern may take to look at every sample."""
_READ = "SELECT regexp_matches('', ?)"
_COUNT = "SELECT count(*) FROM samples"
_LOOK = """
SELECT count(*) FROM samples
WHERE regexp_matches(instruction, $pattern) OR regexp_matches(input, $pattern) OR regexp_matches(output, $pattern)
"""


@lru_cache(maxsize=256)
def read_pattern(pattern: str) -> None:
    """Make sure that a text is a regular expression, without looking at any sample.

    Raises:
        BadInput: it is not; the message says what is wrong.
    """
    if not pattern:
        return
    try:
        with duckdb.connect() as nowhere:
            nowhere.execute(_READ, [pattern]).fetchall()
    except duckdb.Error as error:
        cause = str(error).splitlines()[0].partition("Error: ")[2].strip()
        raise BadInput(
            f"This is no regular expression: {cause}. A mark such as ( or * stands for itself after a \\."
        ) from None


def try_pattern(workspace: Workspace, pattern: str, seconds: float = SECONDS) -> int:
    """How many samples a pattern is found in; remembered until samples are added.

    Raises:
        BadInput: it is no regular expression, or it takes longer than `seconds`.
    """
    read_pattern(pattern)
    return _found(workspace, pattern, seconds, int(str(workspace.execute(_COUNT)[0][0])))


@lru_cache(maxsize=64)
def _found(workspace: Workspace, pattern: str, seconds: float, _samples: int) -> int:
    with workspace.cursor() as cursor:
        clock = Timer(seconds, cursor.interrupt)
        clock.start()
        try:
            return int(cursor.execute(_LOOK, {"pattern": pattern}).fetchall()[0][0])
        except duckdb.InterruptException:
            raise BadInput(f"The pattern takes longer than {seconds:g} seconds. Choose a simpler one.") from None
        finally:
            clock.cancel()
