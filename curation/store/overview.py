"""Numbers about a workspace as a whole: how many samples are left after each step, and how long answers are."""

from dataclasses import dataclass

from curation.store.workspace import Workspace

# A person outranks every rule: what was accepted passes each step.
_FUNNEL = """
SELECT (SELECT count(*) FROM origins), count(*), count(*) FILTER (accepted OR NOT ruled_out),
    count(*) FILTER (accepted OR NOT (ruled_out OR duplicate)), count(*) FILTER (state IN ('accepted', 'kept')),
    count(*) FILTER (accepted AND (ruled_out OR duplicate))
FROM (
    SELECT state, state = 'accepted' AS accepted, sample IN (SELECT sample FROM rule_outs) AS ruled_out,
        sample IN (SELECT sample FROM duplicates) AS duplicate
    FROM states)
"""
_LENGTHS = """
SELECT low, count(signals.value) FROM (SELECT unnest($lows) AS low, unnest($highs) AS high) AS bins
LEFT JOIN signals ON signals.signal = 'words' AND signals.value >= low AND signals.value <= high
GROUP BY low ORDER BY low
"""

BINS: tuple[tuple[int, int | None], ...] = (
    (0, 0), (1, 2), (3, 5), (6, 10), (11, 20), (21, 50), (51, 100), (101, 200), (201, 500), (501, 1000), (1001, None)
)  # fmt: skip
"""Fewest and most words of each bar, both included; answers range from one word to thousands, so bars get wider."""


@dataclass(frozen=True)
class Funnel:
    """How many samples are left after each step, each number among those before it.

    Args:
        collected: occurrences, repeats included.
        distinct: different texts.
        pass_rules: those that break no rule of the recipe.
        not_duplicates: of these, those that no better near-duplicate stands for.
        kept_in: of these, those that no person rejected: what an export holds.
        rescued: how many of `kept_in` the recipe would drop, but a person accepted them.
    """

    collected: int
    distinct: int
    pass_rules: int
    not_duplicates: int
    kept_in: int
    rescued: int


@dataclass(frozen=True)
class Bar:
    """One bar of a histogram: fewest and most (None for open), both included, and the number of samples."""

    low: int
    high: int | None
    samples: int


def count_funnel(workspace: Workspace) -> Funnel:
    """Count the samples after each step."""
    return Funnel(*(int(str(number)) for number in workspace.execute(_FUNNEL)[0]))


def answer_lengths(workspace: Workspace) -> list[Bar]:
    """How many answers have how many words, in the bins of `BINS`; all zero where nothing was measured."""
    lows = [float(low) for low, _ in BINS]
    highs = [float("inf") if high is None else float(high) for _, high in BINS]
    with workspace.cursor() as cursor:
        rows = cursor.execute(_LENGTHS, {"lows": lows, "highs": highs}).fetchall()
    return [Bar(low, high, int(count)) for (low, high), (_, count) in zip(BINS, rows, strict=True)]
