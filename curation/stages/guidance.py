"""How many samples which goal needs, as published sets have had it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curation.store import Workspace
from curation.store.samples import with_rejected


@dataclass(frozen=True)
class Goal:
    """What samples are for, and how many were enough for it elsewhere.

    Args:
        name: what the tuned model is to do.
        least: samples of the smallest set known for it.
        most: of the largest.
        source: which sets these are.
    """

    name: str
    least: int
    most: int
    source: str

    def missing(self, samples: int) -> int:
        """How many samples more than these it needs at least."""
        return max(0, self.least - samples)

    def place(self, samples: int) -> str:
        """Where so many samples stand, in words.

        >>> goal = Goal("style", 1000, 2000, "")
        >>> goal.place(400), goal.place(1000), goal.place(2001)
        ('the plan has 600 too few', 'the plan is within', 'the plan has more')
        """
        missing = self.missing(samples)
        if missing:
            return f"the plan has {missing:,} too few"
        return "the plan is within" if samples <= self.most else "the plan has more"


GOALS = (
    Goal(
        "One narrow task, for a model that already follows instructions", 50, 100,
        "OpenAI’s guide to fine-tuning: gains from 50 to 100 good examples; fewer than 10 are refused",
    ),
    Goal(
        "Form and style of answers, for a strong base model", 1000, 1000,
        "LIMA: 1,000 examples that people chose and wrote with care",
    ),
    Goal(
        "A general assistant, from the best of a large pool", 6000, 10_000,
        "DEITA: 6,000 and 10,000; #InsTag: 6,000 of 306,044; AlpaGasus: 9,000 of 52,000",
    ),
    Goal(
        "A general assistant, from what a model wrote, hardly filtered", 52_000, 70_000,
        "Self-Instruct and Alpaca: 52,000; Evol-Instruct: 70,000 of 250,000",
    ),
    Goal(
        "Many skills at once", 300_000, 939_344,
        "Magpie: 300,000 after filters; Tülu 3: 939,344 from many sources",
    ),
)  # fmt: skip
"""From few samples to many. The numbers are those of the papers, data cards and guides named."""
PAIRS = Goal(
    "Preferences, by pairs of answers", 63_967, 63_967, "UltraFeedback: 63,967 instructions, four answers each"
)
"""Counted by samples that have a rejected answer too."""


def count_pairs(workspace: Workspace, numbers: NDArray[np.int32]) -> int:
    """How many of these samples have a rejected answer too."""
    return len(np.intersect1d(with_rejected(workspace), numbers))


def sentence(samples: int) -> str:
    """Between which goals so many samples stand.

    >>> sentence(300)
    'With 300 samples the plan is past “One narrow task, for a model that already follows instructions” (50 to 100) \
and 700 short of “Form and style of answers, for a strong base model” (1,000).'
    >>> sentence(8000)
    'With 8,000 samples the plan is within “A general assistant, from the best of a large pool” (6,000 to 10,000).'
    """
    inside = [goal for goal in GOALS if goal.least <= samples <= goal.most]
    past = [goal for goal in GOALS if goal.most < samples]
    ahead = [goal for goal in GOALS if goal.missing(samples)]
    parts = [f"within {_named(goal)}" for goal in inside]
    if not inside:
        parts = [f"past {_named(goal)}" for goal in past[-1:]]
        parts += [f"{goal.missing(samples):,} short of {_named(goal)}" for goal in ahead[:1]]
    return f"With {samples:,} samples the plan is {' and '.join(parts)}."


def _named(goal: Goal) -> str:
    return f"“{goal.name}” ({sizes(goal)})"


def sizes(goal: Goal) -> str:
    """The sizes of a goal, for example `6,000 to 10,000`."""
    return f"{goal.least:,}" if goal.least == goal.most else f"{goal.least:,} to {goal.most:,}"
