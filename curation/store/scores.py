"""What judges said: rows are only ever added, so a changed rubric makes old scores stale and never overwrites them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isnan

import pyarrow as pa

from curation.sample import Score
from curation.store.workspace import Workspace, now

# The same said again is one row; a problem that has gone, or another value, is a new row, and the latest counts.
_ADD = """
INSERT INTO scores BY NAME
SELECT $run AS run, $judge AS judge, $version AS version, $made AS made, samples.seq AS sample,
    given.* EXCLUDE (id, position)
FROM given JOIN samples USING (id)
ANTI JOIN (SELECT * FROM scores WHERE judge = $judge AND version = $version) AS known
    ON known.model = given.model AND known.criterion = given.criterion AND known.sample = samples.seq
    AND known.shown = given.shown AND known.request = given.request AND known.problem = given.problem
    AND known.value IS NOT DISTINCT FROM given.value
ORDER BY position
RETURNING 1
"""
# Judged is a sample of which no part is still without a value: one of two orders, one of two questions.
_JUDGED = """
SELECT sample FROM (
    SELECT sample, bool_or(problem = '') AS has_value FROM scores
    WHERE judge = $judge AND version = $version AND model = $model AND criterion <> $apart
    GROUP BY sample, criterion, shown)
GROUP BY sample HAVING bool_and(has_value)
"""
_OF_SAMPLE = """
SELECT judge, version, model, criterion, value, reason, request, shown, problem, made FROM scores WHERE sample = ?
QUALIFY row_number() OVER (PARTITION BY judge, version, model, criterion, shown
    ORDER BY problem = '' DESC, rowid DESC) = 1
ORDER BY rowid
"""
_COUNTS = """
SELECT judge, version, max(made), count(DISTINCT sample) FILTER (problem = ''), count(DISTINCT model)
FROM scores GROUP BY ALL ORDER BY 3 DESC
"""
_PROBLEMS = """
SELECT problem, count(DISTINCT sample) FROM (
    SELECT sample, arg_max(problem, rowid) AS problem FROM scores
    WHERE judge = $judge AND version = $version AND criterion <> $apart GROUP BY sample, model, shown)
WHERE problem <> '' GROUP BY problem ORDER BY 2 DESC, 1
"""


@dataclass(frozen=True)
class Said:
    """What one model said of one sample on one criterion, the latest of it.

    Args:
        judge: which judge.
        version: of its options; another one than the current is stale.
        model: which model.
        score: with value, reason and problem; its `sample` is "".
        made: when, in UTC.
    """

    judge: str
    version: str
    model: str
    score: Score
    made: datetime


@dataclass(frozen=True)
class Edition:
    """One version of a judge: when it last judged, how many samples it has values for, how many models took part."""

    judge: str
    version: str
    made: datetime
    samples: int
    models: int


def add_scores(workspace: Workspace, run: str, judge: str, version: str, scores: Sequence[Score]) -> int:
    """Store scores, all or none, and give how many are new; what was said before in the same way is not stored twice.

    Scores of samples that are not in the workspace are left out.
    """
    if not scores:
        return 0
    with workspace.writing() as cursor:
        cursor.register("given", _columns(scores))
        values = {"run": run, "judge": judge, "version": version, "made": now()}
        added = len(cursor.execute(_ADD, values).fetchall())
        cursor.unregister("given")
    return added


def judged_numbers(workspace: Workspace, judge: str, version: str, model: str, apart: str) -> set[int]:
    """Samples that this model has judged whole in this version; `apart` names a criterion that does not count."""
    values = {"judge": judge, "version": version, "model": model, "apart": apart}
    with workspace.cursor() as cursor:
        return {int(row[0]) for row in cursor.execute(_JUDGED, values).fetchall()}


def scores_of(workspace: Workspace, sample: int) -> list[Said]:
    """All that was said of one sample, in order; of what was said twice the latest, and a value rather than none."""
    found = []
    for judge, version, model, criterion, value, reason, request, shown, problem, made in workspace.execute(
        _OF_SAMPLE, sample
    ):
        number = float(value) if isinstance(value, float) else float("nan")
        score = Score("", str(criterion), number, str(reason), str(model), str(request), str(shown), str(problem))
        assert isinstance(made, datetime)
        found.append(Said(str(judge), str(version), str(model), score, made))
    return found


def read_editions(workspace: Workspace) -> list[Edition]:
    """Every version of every judge that has said anything, the latest first."""
    editions = []
    for judge, version, made, samples, models in workspace.execute(_COUNTS):
        assert isinstance(made, datetime)
        editions.append(Edition(str(judge), str(version), made, int(str(samples)), int(str(models))))
    return editions


def count_problems(workspace: Workspace, judge: str, version: str, apart: str) -> dict[str, int]:
    """How many samples a version could not judge, by problem, most first."""
    values = {"judge": judge, "version": version, "apart": apart}
    with workspace.cursor() as cursor:
        return {str(problem): int(count) for problem, count in cursor.execute(_PROBLEMS, values).fetchall()}


def _columns(scores: Sequence[Score]) -> pa.Table:
    texts = ("model", "criterion", "reason", "request", "problem")
    columns: dict[str, list[object]] = {name: [getattr(score, name) for score in scores] for name in texts}
    columns["id"] = [score.sample for score in scores]
    columns["shown"] = [score.order for score in scores]
    columns["position"] = list(range(len(scores)))
    value = pa.array([None if isnan(score.value) else score.value for score in scores], pa.float64())
    return pa.table(columns).append_column("value", value)
