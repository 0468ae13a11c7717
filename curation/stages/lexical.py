"""Instructions → pairs that share most of their words in the same order (ROUGE-L), and how new each one was."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from curation.duplicates import Nearest, nearest_earlier, rouge_pairs, word_rows
from curation.runs import Job, Step
from curation.stages.differing import find_differences
from curation.store import Workspace
from curation.store.pairs import WORDS, Edges, write_pairs
from curation.store.samples import count_samples, read_range
from curation.store.signals import write_group

FIELD = "instruction"
FLOOR = 0.6
"""Below the 0.7 of Self-Instruct by enough to see what a lower threshold costs. From 0.5 upwards there are nine times
as many pairs (857,000 among Alpaca's 52,002 instructions), most of which share a phrasing and not what they ask."""
_BATCH = 5000
Ints = NDArray[np.int32]


def lexical_job(workspace: Workspace, floor: float = FLOOR) -> Job:
    """Find pairs by words, what differs within them, and how near each instruction is to earlier ones, as a run."""

    def work(_run: str, step: Step) -> str:
        pairs = find_lexical_pairs(workspace, floor, step)
        find_differences(workspace, f"{FIELD} {WORDS}", FIELD, step)
        return f"{count_samples(workspace):,} instructions compared, {pairs:,} pairs by words found."

    return Job("lexical", WORDS, {"field": FIELD, "floor": floor}, work)


def find_lexical_pairs(workspace: Workspace, floor: float = FLOOR, step: Step = lambda _done, _requested: None) -> int:
    """Find and keep all pairs of instructions whose ROUGE-L F1 is at least the floor; gives their number.

    Instructions with the same words are compared once. How near each one is to the most similar earlier one is kept as
    the signal `earlier_rouge`, exact below the floor too, with the number of that sample (`earlier_sample`): 0 and no
    number where no earlier instruction shares a word. What was there before stays when this is stopped.

    Args:
        workspace: where the samples are.
        floor: the lowest F1 to keep, in (0, 1].
        step: told (done, requested) samples: half of them when the pairs are known.
    """
    total = count_samples(workspace)
    numbers = np.arange(total, dtype=np.int32)
    rows = word_rows(_instructions(workspace, total))
    first = rows.first()
    different = numbers[first == numbers]
    once = rows.among(different)
    found = rouge_pairs(once, floor, lambda done, all_: step(total * done // (2 * all_ or 1), total))
    near = nearest_earlier(once, found, lambda done, all_: step(total * (all_ + done) // (2 * all_ or 1), total))
    copies = np.column_stack([first, numbers])[first != numbers]
    pairs = found.pairs
    edges = Edges(different[pairs.a], different[pairs.b], pairs.similarity, copies)
    with workspace.writing():
        write_pairs(workspace, WORDS, FIELD, (pairs.floor, total), edges)
        write_group(workspace, "earlier_", _earlier(near, first, different))
    return len(edges.a) + len(copies)


def _instructions(workspace: Workspace, total: int) -> Iterator[str]:
    for start in range(0, total, _BATCH):
        yield from (sample.instruction for sample in read_range(workspace, start, min(start + _BATCH, total)))


def _earlier(near: Nearest, first: Ints, different: Ints) -> dict[str, dict[int, float]]:
    """The signals by sample. Of one that has the words of an earlier one, the first such is the nearest."""
    score, sample = np.ones(len(first)), first.copy()
    score[different] = near.score
    sample[different] = np.where(near.row < 0, -1, different[near.row])
    known = np.flatnonzero(sample >= 0)
    return {
        "earlier_rouge": dict(enumerate(score.tolist())),
        "earlier_sample": dict(zip(known.tolist(), sample[known].astype(np.float64).tolist(), strict=True)),
    }
