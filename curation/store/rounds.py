"""Review rounds: samples on which several people decide, each without seeing what the others said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from curation.store.workspace import Workspace, now

EVERYBODY = 0
"""An overlap: all reviewers look at every sample of the round."""
APART = 10
"""A sample is shown to the same person again once they have decided on so many others."""

_NEXT = "SELECT coalesce(max(round), 0) + 1 FROM rounds"
_ADD = "INSERT INTO rounds VALUES (?, ?, ?, ?, ?, ?, NULL)"
_FILL = "INSERT INTO round_samples SELECT ?, sample FROM chosen"
_END = "UPDATE rounds SET ended = ? WHERE round = ? AND ended IS NULL"
_ROUNDS = """
SELECT rounds.round, name, overlap, repeats, reviewer, made, ended, count(sample),
    count(sample) FILTER (sample IN (SELECT sample FROM verdicts)),
    count(sample) FILTER (sample IN (SELECT sample FROM conflicts))
FROM rounds LEFT JOIN round_samples USING (round) GROUP BY ALL ORDER BY rounds.round DESC
"""
_OPEN = """
SELECT seq FROM samples WHERE seq IN (SELECT unnest($among::INTEGER[]))
    AND seq NOT IN (SELECT sample FROM live WHERE action IN ('accept', 'reject', 'settle accept', 'settle reject'))
    AND seq NOT IN (SELECT sample FROM round_samples)
ORDER BY md5_number_lower(id || $seed), seq LIMIT $limit
"""
_PROGRESS = """
SELECT opinions.reviewer, count(*) FROM round_samples JOIN opinions USING (sample) WHERE round = ?
GROUP BY 1 ORDER BY 2 DESC, 1
"""
_GOES_ON = """
SELECT count(*) FROM round_samples JOIN rounds USING (round)
WHERE sample = ? AND ended IS NULL AND sample NOT IN (SELECT sample FROM settlements)
"""
_HAS_SAID = "SELECT count(*) FROM opinions WHERE sample = ? AND reviewer = ?"
_REPEATS = "SELECT count(*) FROM rounds WHERE ended IS NULL AND repeats > 0"
# Which samples a person sees twice is drawn by a hash, so that nothing needs to be kept and nobody can tell.
_DRAWN = "md5_number_lower(rounds.round || ':' || $reviewer || ':' || sample) % 1000 < rounds.repeats * 1000"
_DUE = f"""
WITH mine AS (
    SELECT sample, row_number() OVER (ORDER BY seq) AS place FROM live
    WHERE reviewer = $reviewer AND action IN ('accept', 'reject'))
SELECT sample FROM round_samples JOIN rounds USING (round) JOIN mine USING (sample)
WHERE ended IS NULL AND {_DRAWN}
    AND sample NOT IN (SELECT sample FROM live WHERE action = 'skip' AND reviewer = $reviewer)
GROUP BY sample HAVING count(*) = 1 AND (SELECT count(*) FROM mine) - max(place) >= $apart ORDER BY sample
"""
_REPEATED = f"""
WITH mine AS (
    SELECT sample, action, row_number() OVER (ORDER BY seq) AS place FROM live
    WHERE reviewer = $reviewer AND action IN ('accept', 'reject')),
again AS (
    SELECT sample, lag(action) OVER ofit AS first, action AS second, place - lag(place) OVER ofit AS apart, round
    FROM mine JOIN round_samples USING (sample) WINDOW ofit AS (PARTITION BY sample ORDER BY place))
SELECT sample, first, second FROM again JOIN rounds USING (round)
WHERE apart > $apart AND {_DRAWN} ORDER BY sample
"""


@dataclass(frozen=True)
class Round:
    """One round and how far it has come.

    Args:
        number: 1, 2, 3 …
        name: as given.
        overlap: how many people decide on each sample; `EVERYBODY` for all.
        repeats: share of the samples that each person is shown a second time, unmarked.
        reviewer: who started it.
        made: when (UTC).
        ended: when, None while it goes on.
        samples: in it.
        agreed: of those, how many are decided on.
        disputed: of those, how many wait for an expert.
    """

    number: int
    name: str
    overlap: int
    repeats: float
    reviewer: str
    made: datetime
    ended: datetime | None
    samples: int
    agreed: int
    disputed: int


@dataclass(frozen=True)
class NewRound:
    """What a round is to be; as in `Round`."""

    name: str
    overlap: int
    repeats: float
    reviewer: str


def add_round(workspace: Workspace, wanted: NewRound, samples: Sequence[int]) -> int:
    """Start a round on these samples and give its number."""
    with workspace.writing() as cursor:
        number = int(cursor.execute(_NEXT).fetchall()[0][0])
        cursor.execute(_ADD, [number, wanted.name, wanted.overlap, wanted.repeats, wanted.reviewer, now()])
        cursor.register("chosen", pa.table({"sample": pa.array(list(samples), pa.int32())}))
        cursor.execute(_FILL, [number])
        cursor.unregister("chosen")
    return number


def end_round(workspace: Workspace, number: int) -> None:
    """Ask no more for opinions: of each sample, those that are there count."""
    with workspace.writing() as cursor:
        cursor.execute(_END, [now(), number])


def read_rounds(workspace: Workspace) -> list[Round]:
    """All rounds, newest first."""
    return [Round(*row) for row in workspace.execute(_ROUNDS)]  # type: ignore[arg-type]


def open_samples(workspace: Workspace, among: Sequence[int], seed: int, limit: int) -> list[int]:
    """At random, some of these samples that nobody decided on and that are in no round."""
    values = {"among": list(among), "seed": f":{seed}", "limit": limit}
    with workspace.cursor() as cursor:
        return [int(row[0]) for row in cursor.execute(_OPEN, values).fetchall()]


def opinions_in(workspace: Workspace, number: int) -> list[tuple[str, int]]:
    """(reviewer, samples of the round that they decided on), the most first."""
    return [(str(reviewer), int(str(samples))) for reviewer, samples in workspace.execute(_PROGRESS, number)]


def is_blind(workspace: Workspace, sample: int, reviewer: str) -> bool:
    """Whether what was said of a sample is hidden from a reviewer: it is in a round and they have not said theirs."""
    if workspace.execute(_GOES_ON, sample) == [(0,)]:
        return False
    return workspace.execute(_HAS_SAID, sample, reviewer) == [(0,)] or sample in due_again(workspace, reviewer)


def due_again(workspace: Workspace, reviewer: str) -> list[int]:
    """Samples of running rounds that a reviewer decided on a while ago and is to be shown once more, unmarked."""
    with workspace.cursor() as cursor:
        if cursor.execute(_REPEATS).fetchall() == [(0,)]:
            return []
        found = cursor.execute(_DUE, {"reviewer": reviewer, "apart": APART}).fetchall()
    return [int(row[0]) for row in found]


def said_twice(workspace: Workspace, reviewer: str) -> list[tuple[int, str, str]]:
    """(sample, first, second) for each sample that a reviewer was shown twice: `accept` or `reject`."""
    with workspace.cursor() as cursor:
        found = cursor.execute(_REPEATED, {"reviewer": reviewer, "apart": APART}).fetchall()
    return [(int(sample), str(first), str(second)) for sample, first, second in found]
