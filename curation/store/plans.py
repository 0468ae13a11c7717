"""What a generation run was to do, kept before its first question, so that it can be resumed after a crash."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curation.methods import Json
from curation.store.workspace import Workspace, now

_ADD = """
INSERT INTO plans SELECT $run, $plan, $pool, $made WHERE NOT EXISTS (SELECT 1 FROM plans WHERE run = $run)
"""
_FIND = "SELECT count(*) FROM plans WHERE run = ?"
_READ = "SELECT plan, pool FROM plans WHERE run = ?"


@dataclass(frozen=True)
class Plan:
    """What a run does.

    Args:
        what: method, options, endpoint, caps …, as the stage that made it reads them back.
        pool: the numbers of the samples that it starts from.
    """

    what: Mapping[str, Json]
    pool: Sequence[int]


def add_plan(workspace: Workspace, run: str, plan: Plan) -> None:
    """Keep the plan of a run; the first one stays, so that a resumed run does what it was begun for."""
    with workspace.writing() as cursor:
        values = {"run": run, "plan": json.dumps(plan.what), "pool": list(plan.pool), "made": now()}
        cursor.execute(_ADD, values)


def read_plan(workspace: Workspace, run: str) -> Plan | None:
    """The plan of a run, None where it has none and so cannot be resumed."""
    rows = workspace.execute(_READ, run)
    if not rows:
        return None
    pool = rows[0][1]
    return Plan(json.loads(str(rows[0][0])), pool if isinstance(pool, list) else [])


def has_plan(workspace: Workspace, run: str) -> bool:
    """Whether a run can be resumed from its plan."""
    return workspace.execute(_FIND, run) != [(0,)]
