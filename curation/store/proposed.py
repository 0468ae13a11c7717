"""What a run with a model proposed, in the order made, whether it was kept or dropped."""

from dataclasses import dataclass

from curation.store.workspace import Workspace

_COUNT = "SELECT count(*) FROM candidates WHERE run = ?"
_READ = """
SELECT candidates.instruction, candidates.output, coalesce(samples.seq, -1)
FROM candidates LEFT JOIN samples ON samples.id = candidates.sample_id AND candidates.rule = ''
WHERE candidates.run = ? AND candidates.position >= ? AND candidates.position < ? ORDER BY candidates.position
"""


@dataclass(frozen=True)
class Proposed:
    """One candidate as the model wrote it; `sample` is its number where it was kept, else -1."""

    instruction: str
    output: str
    sample: int


def count_proposed(workspace: Workspace, run: str) -> int:
    """How many candidates a run has stored; they are numbered 0 to this less one and never change."""
    return int(str(workspace.execute(_COUNT, run)[0][0]))


def read_proposed(workspace: Workspace, run: str, start: int, stop: int) -> list[Proposed]:
    """Candidates from number `start` up to but without `stop`."""
    rows = workspace.execute(_READ, run, start, stop)
    return [Proposed(str(instruction), str(output), int(str(number))) for instruction, output, number in rows]
