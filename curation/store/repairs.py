"""What a model made of samples that a person asked it to repair: kept beside the samples until a person takes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from curation.store.workspace import Workspace

_ADD = "INSERT INTO repairs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_OF_RUN = """
SELECT sample, instruction, input, output, changes, problem, model, request FROM repairs WHERE run = ? ORDER BY rowid
"""
_RUNS = """
SELECT repairs.run, any_value(runs.options), count(*) FROM repairs JOIN runs ON runs.id = repairs.run
GROUP BY repairs.run ORDER BY max(runs.started) DESC LIMIT ?
"""


@dataclass(frozen=True)
class Repair:
    """One sample as a model would have it.

    Args:
        sample: the number of the one that is to be repaired.
        instruction: the new one, like input and output; all empty where there is a problem.
        input: see above.
        output: see above.
        changes: what the model says that it changed.
        problem: why there is nothing to take, "" where there is.
        model: who answered.
        request: the key of the request behind it.
    """

    sample: int
    instruction: str
    input: str
    output: str
    changes: tuple[str, ...]
    problem: str
    model: str
    request: str


def add_repairs(workspace: Workspace, run: str, repairs: Sequence[Repair]) -> None:
    """Keep what a run made."""
    rows = [
        [
            run,
            one.sample,
            one.instruction,
            one.input,
            one.output,
            list(one.changes),
            one.problem,
            one.model,
            one.request,
        ]
        for one in repairs
    ]
    if rows:
        with workspace.writing() as cursor:
            cursor.executemany(_ADD, rows)


def read_repairs(workspace: Workspace, run: str) -> list[Repair]:
    """What a run made, in the order in which it was asked."""
    return [_repair(row) for row in workspace.execute(_OF_RUN, run)]


def repair_runs(workspace: Workspace, limit: int = 20) -> list[tuple[str, str, int]]:
    """(run, its options as JSON, repairs) of the runs that made any, latest first."""
    rows = workspace.execute(_RUNS, limit)
    return [(str(run), str(options), int(str(number))) for run, options, number in rows]


def _repair(row: Sequence[object]) -> Repair:
    number, instruction, given, output, changes, problem, model, request = row
    said = tuple(map(str, changes)) if isinstance(changes, list) else ()
    texts = (str(instruction), str(given), str(output))
    return Repair(int(str(number)), *texts, said, str(problem), str(model), str(request))
