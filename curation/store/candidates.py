"""What a run with a model made, kept and dropped alike. The kept ones are samples from the same moment on."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import isnan

import pyarrow as pa

from curation.sample import Candidate, Collected, Near, Sample
from curation.store.samples import add_samples, followups_of, sample_of
from curation.store.workspace import Workspace

_KNOWN = "SELECT ref FROM candidates WHERE run = $run AND ref IN (SELECT unnest($refs))"
_COUNT = "SELECT count(*) FROM candidates WHERE run = ?"
_ADD = """
INSERT INTO candidates BY NAME
SELECT ? AS run, * REPLACE (? + position AS position) FROM made ORDER BY position
"""
_RULES = "SELECT rule, count(*) FROM candidates WHERE run = ? AND rule <> '' GROUP BY rule ORDER BY 2 DESC, 1"
_ROUNDS = """
SELECT round, rule, count(*) FROM candidates WHERE run = ? GROUP BY round, rule ORDER BY round, 3 DESC, rule
"""
_KEPT = """
SELECT count(*), count(DISTINCT samples.seq) FROM candidates LEFT JOIN samples ON samples.id = candidates.sample_id
WHERE run = ? AND rule = ''
"""
_DROPPED = """
SELECT instruction, input, output, system, followups, rejected,
    position, ref, round, rule, reason, request, nearest, average, parents
FROM candidates
WHERE run = $run AND rule <> '' AND ($rule = '' OR rule = $rule) AND ($round = 0 OR round = $round)
    AND position >= $start
ORDER BY position LIMIT $limit
"""


@dataclass(frozen=True)
class Stored:
    """What became of candidates: `new + repeated` are kept.

    Args:
        new: kept, and their text was not in the workspace.
        repeated: kept, and their text was in the workspace already.
        dropped: dropped by a rule.
        known: stored before, by this very run; nothing was done about them.
    """

    new: int = 0
    repeated: int = 0
    dropped: int = 0
    known: int = 0


@dataclass(frozen=True)
class Round:
    """One round of a run.

    Args:
        number: 1, 2, 3 …
        proposed: what the model proposed in it.
        kept: how many of those were kept.
        dropped: how many each rule dropped, most first.
        grown: how many were kept up to the end of this round.
    """

    number: int
    proposed: int
    kept: int
    dropped: dict[str, int]
    grown: int


@dataclass(frozen=True)
class Drops:
    """Which dropped candidates: those of a run, of one rule ("" for all), of one round (0 for all)."""

    run: str
    rule: str = ""
    round: int = 0


@dataclass(frozen=True)
class Dropped:
    """One dropped candidate, whole.

    `position` is where the next page starts from, `request` leads to what was asked, `parents` are ids of samples.
    """

    position: int
    ref: str
    round: int
    sample: Sample
    rule: str
    reason: str
    request: str
    nearest: tuple[Near, ...]
    average: float
    parents: tuple[str, ...]


def add_candidates(workspace: Workspace, run: str, candidates: Sequence[Candidate]) -> Stored:
    """Store candidates, and those without a rule as samples with their origin, all or none.

    A candidate is known by run and `origin.ref`; what this run has stored before is left alone, so that a run that
    is repeated adds nothing.
    """
    with workspace.writing() as cursor:
        refs = [one.origin.ref for one in candidates]
        known = {row[0] for row in cursor.execute(_KNOWN, {"run": run, "refs": refs}).fetchall()}
        # Of equal places the first one counts.
        by_ref = {one.origin.ref: one for one in reversed(candidates) if one.origin.ref not in known}
        fresh = list(by_ref.values())[::-1]
        if not fresh:
            return Stored(known=len(candidates))
        cursor.register("made", _columns(fresh))
        before = int(cursor.execute(_COUNT, [run]).fetchall()[0][0])
        cursor.execute(_ADD, [run, before])
        cursor.unregister("made")
        kept = [Collected(one.sample, one.origin) for one in fresh if not one.rule]
        added = add_samples(workspace, run, kept)
    return Stored(added.new, added.repeated, len(fresh) - len(kept), len(candidates) - len(fresh))


def count_kept(workspace: Workspace, run: str) -> tuple[int, int]:
    """How many candidates of a run were kept, and as how many samples: equal texts are one sample."""
    kept, samples = workspace.execute(_KEPT, run)[0]
    return int(str(kept)), int(str(samples))


def count_rules(workspace: Workspace, run: str) -> dict[str, int]:
    """How many candidates of a run each rule dropped, most first."""
    return {str(rule): int(str(count)) for rule, count in workspace.execute(_RULES, run)}


def read_rounds(workspace: Workspace, run: str) -> list[Round]:
    """The rounds of a run, in order: what was proposed, kept and dropped, and how the pool grew."""
    by_round: dict[int, Counter[str]] = {}
    for number, rule, count in workspace.execute(_ROUNDS, run):
        by_round.setdefault(int(str(number)), Counter())[str(rule)] = int(str(count))
    rounds: list[Round] = []
    for number, counts in by_round.items():
        kept = counts.pop("", 0)
        grown = kept + (rounds[-1].grown if rounds else 0)
        rounds.append(Round(number, kept + counts.total(), kept, dict(counts), grown))
    return rounds


def read_dropped(workspace: Workspace, which: Drops, start: int = 0, limit: int = 50) -> list[Dropped]:
    """A page of what was dropped, from a position on, in the order made."""
    values = asdict(which) | {"start": start, "limit": limit}
    with workspace.cursor() as cursor:
        rows = cursor.execute(_DROPPED, values).fetchall()
    return [_dropped(row) for row in rows]


def _columns(candidates: Sequence[Candidate]) -> pa.Table:
    samples = [one.sample for one in candidates]
    columns: dict[str, list[object]] = {
        name: [getattr(sample, name) for sample in samples]
        for name in ("instruction", "input", "output", "system", "rejected")
    }
    columns["followups"] = [followups_of(sample) for sample in samples]
    columns |= {name: [getattr(one, name) for one in candidates] for name in ("round", "rule", "reason")}
    columns["sample_id"] = [sample.id for sample in samples]
    columns["ref"] = [one.origin.ref for one in candidates]
    columns["request"] = [one.origin.prompt_hash for one in candidates]
    columns["nearest"] = [json.dumps([[near.text, near.similarity] for near in one.nearest]) for one in candidates]
    columns["position"] = list(range(len(candidates)))
    average = pa.array([None if isnan(one.average) else one.average for one in candidates], pa.float64())
    parents = pa.array([list(one.origin.parents) for one in candidates], pa.list_(pa.string()))
    return pa.table(columns).append_column("average", average).append_column("parents", parents)


def _dropped(row: Sequence[object]) -> Dropped:
    position, ref, number, rule, reason, request, nearest, average, parents = row[6:]
    return Dropped(
        position=int(str(position)),
        ref=str(ref),
        round=int(str(number)),
        sample=sample_of(row[:6]),
        rule=str(rule),
        reason=str(reason),
        request=str(request),
        nearest=tuple(Near(text, similarity) for text, similarity in json.loads(str(nearest))),
        average=float("nan") if average is None else float(str(average)),
        parents=tuple(parents) if isinstance(parents, list) else (),
    )
