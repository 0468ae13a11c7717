"""What is known of a sample, read once for all the parts of a card that show it. Not for use inside a transaction."""

from functools import lru_cache

from curation.sample import Origin
from curation.store import Workspace
from curation.store.samples import read_origins
from curation.store.signals import signals_of

FEW = 8
"""Cards that are on screen at once, in all tabs."""


def known_origins(workspace: Workspace, number: int) -> tuple[Origin, ...]:
    """Where a sample came from, one for each occurrence."""
    return _origins(workspace, number, workspace.changes)


def known_values(workspace: Workspace, number: int) -> tuple[tuple[str, float | str], ...]:
    """(signal, number or label) of all that was measured on a sample, by name."""
    return _values(workspace, number, workspace.changes)


@lru_cache(maxsize=FEW)
def _origins(workspace: Workspace, number: int, _changes: int) -> tuple[Origin, ...]:
    return tuple(origin for _, origin in read_origins(workspace, number))


@lru_cache(maxsize=FEW)
def _values(workspace: Workspace, number: int, _changes: int) -> tuple[tuple[str, float | str], ...]:
    return tuple(signals_of(workspace, number))
