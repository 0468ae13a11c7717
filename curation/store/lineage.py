"""What a sample was made from, back to its seeds, and what was made from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curation.sample import Origin, Sample
from curation.store.samples import find_sample, origin_of, read_samples
from curation.store.workspace import Workspace

# UNION drops what is known already, so that a circle (a pair that was flipped twice) comes to an end.
_UP = """
WITH RECURSIVE links AS (SELECT sample, unnest(parents) AS parent FROM origins WHERE len(parents) > 0),
up(child, parent) AS (
    SELECT samples.id, links.parent FROM links JOIN samples ON samples.seq = links.sample WHERE links.sample = ?
    UNION SELECT up.parent, links.parent FROM up JOIN samples ON samples.id = up.parent
        JOIN links ON links.sample = samples.seq)
SELECT child, parent FROM up
"""
_DOWN = """
WITH RECURSIVE links AS (SELECT sample, unnest(parents) AS parent FROM origins WHERE len(parents) > 0),
down(parent, child) AS (
    SELECT links.parent, samples.id FROM links JOIN samples ON samples.seq = links.sample
    WHERE links.parent = (SELECT id FROM samples WHERE seq = ?)
    UNION SELECT down.child, samples.id FROM down JOIN links ON links.parent = down.child
        JOIN samples ON samples.seq = links.sample)
SELECT parent, child FROM down
"""
_MADE = """
SELECT samples.id, origins.run, coalesce(candidates.round, 0), origins.ref, origins.method, origins.source,
    origins.category, origins.licence, origins.model, origins.prompt_hash, origins.parents
FROM origins JOIN samples ON samples.seq = origins.sample LEFT JOIN candidates ON candidates.run = origins.run
    AND candidates.ref = origins.ref
WHERE origins.sample IN (SELECT unnest(?)) ORDER BY origins.sample, origins.rowid
"""

# By its place, not by the run: an origin that an earlier run has noted already is not noted again.
_KEPT = """
SELECT origins.run, candidates.round, origins.ref, origins.method, origins.source, origins.category, origins.licence,
    origins.model, origins.prompt_hash, origins.parents
FROM candidates JOIN samples ON samples.id = candidates.sample_id
JOIN origins ON origins.sample = samples.seq AND origins.ref = candidates.ref
WHERE candidates.run = ? AND candidates.rule = '' ORDER BY candidates.position
"""


@dataclass(frozen=True)
class Made:
    """One time that a sample was made: by which run, in which round (0 where there are none), and how."""

    run: str
    round: int
    origin: Origin


@dataclass(frozen=True)
class Kin:
    """A sample in a line of descent.

    Args:
        id: of the sample.
        depth: 0 for the one that was asked about, 1 for what it was made from (or into), and so on.
        number: of the sample, None where it is not in this workspace.
        sample: the same in full, likewise.
        made: how it came to be, one entry per occurrence.
        is_repeat: whether it stands further up already, with all that follows it.
    """

    id: str
    depth: int
    number: int | None = None
    sample: Sample | None = None
    made: Sequence[Made] = ()
    is_repeat: bool = False

    @property
    def is_seed(self) -> bool:
        """Whether nothing in the workspace is known that it was made from."""
        return all(not one.origin.parents for one in self.made)


def read_ancestors(workspace: Workspace, number: int) -> list[Kin]:
    """The sample, and below each one what it was made from: depth first, and what follows each only once."""
    return _family(workspace, number, _UP)


def read_descendants(workspace: Workspace, number: int) -> list[Kin]:
    """The sample, and below each one what was made from it: depth first, and what follows each only once."""
    return _family(workspace, number, _DOWN)


def read_kept(workspace: Workspace, run: str) -> list[Made]:
    """How each sample that a run with a model kept came to be, in the order made.

    Where an earlier run made the same samples of the same answers, they are that run's.
    """
    return [Made(str(row[0]), int(str(row[1])), origin_of(row[2:])) for row in workspace.execute(_KEPT, run)]


def _family(workspace: Workspace, number: int, query: str) -> list[Kin]:
    found = read_samples(workspace, [number])
    if not found:
        return []
    nexts: dict[str, list[str]] = {}
    for one, other in workspace.execute(query, number):
        nexts.setdefault(str(one), []).append(str(other))
    order = _depth_first(found[0].id, nexts)
    numbers = {name: find_sample(workspace, name) for name, _, is_repeat in order if not is_repeat}
    there = [known for known in numbers.values() if known is not None]
    samples = {sample.id: sample for sample in read_samples(workspace, there)}
    made = _made(workspace, there)
    return [
        Kin(name, depth, numbers[name], samples.get(name), made.get(name, ()), is_repeat)
        for name, depth, is_repeat in order
    ]


def _depth_first(start: str, nexts: Mapping[str, Sequence[str]]) -> list[tuple[str, int, bool]]:
    """(id, depth, whether it was there before) in the order to show."""
    order: list[tuple[str, int, bool]] = []
    seen: set[str] = set()
    waiting = [(start, 0)]
    while waiting:
        name, depth = waiting.pop()
        order.append((name, depth, name in seen))
        if name not in seen:
            seen.add(name)
            waiting.extend((other, depth + 1) for other in sorted(nexts.get(name, ()), reverse=True))
    return order


def _made(workspace: Workspace, numbers: Sequence[int]) -> dict[str, list[Made]]:
    made: dict[str, list[Made]] = {}
    for name, run, turn, *row in workspace.execute(_MADE, list(numbers)):
        made.setdefault(str(name), []).append(Made(str(run), int(str(turn)), origin_of(row)))
    return made
