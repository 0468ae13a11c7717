"""Samples that answer the same prompt + scores → preference pairs in the workspace."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from curation.errors import NotReady
from curation.facets import Facets
from curation.pairing import METHOD, Answer, Match, Pairs
from curation.practice import PRACTICE_MODEL
from curation.runs import Job, Step
from curation.sample import Candidate, Origin
from curation.store import Workspace
from curation.store.answers import Prompts, count_prompts, same_prompt
from curation.store.browse import states_of
from curation.store.candidates import Stored, add_candidates
from curation.store.samples import origins_of, read_samples
from curation.store.signals import list_measured, read_numbers

JUDGED = "judge: "
"""How the signals begin that hold what judges say."""
DERIVED = (" overall", " length-controlled", " spread", " injection", ": injection")
"""How those of them end that are no criterion of their own."""
OUT = ("rejected", "dropped")
TOGETHER = 500
"""Candidates stored in one transaction at most."""


@dataclass(frozen=True)
class Order:
    """Which pairs are to be made.

    Args:
        pairs: how.
        criteria: the signals whose mean is the score.
        pool: among which samples.
    """

    pairs: Pairs
    criteria: Sequence[str]
    pool: Facets = field(default_factory=Facets)


@dataclass(frozen=True)
class Pool:
    """What there is to be paired.

    Args:
        prompts: how many there are.
        answers: of each prompt that has two or more, with their scores.
    """

    prompts: Prompts
    answers: Sequence[Sequence[Answer]]


@dataclass(frozen=True)
class Outlook:
    """What an order gives, before anything is stored.

    Args:
        prompts: how many there are.
        matches: what becomes of each prompt that has two answers or more.
    """

    prompts: Prompts
    matches: Sequence[Match]

    @cached_property
    def kept(self) -> Sequence[Match]:
        """The pairs that would be stored as samples."""
        return [match for match in self.matches if not match.rule]

    @cached_property
    def dropped(self) -> Mapping[str, int]:
        """How many prompts give no pair, by rule, most first."""
        return dict(Counter(match.rule for match in self.matches if match.rule).most_common())

    @cached_property
    def flagged(self) -> int:
        """How many of the kept ones may owe their margin to length alone."""
        return sum(match.is_length_alone for match in self.kept)


def list_criteria(workspace: Workspace) -> list[str]:
    """The signals that can be a score: numbers, those of judges first."""
    names = [name for name, found in list_measured(workspace).items() if found.numbers]
    return sorted(names, key=lambda name: (not name.startswith(JUDGED), name))


def preferred(workspace: Workspace) -> tuple[list[str], list[str]]:
    """(all that can be a score, those to begin with): what one judge says criterion by criterion, else the first."""
    known = list_criteria(workspace)
    single = [name for name in known if name.startswith(JUDGED) and not name.endswith(DERIVED)]
    judge = single[0].split()[1] if single else ""
    return known, [name for name in single if name.split()[1] == judge] or known[:1]


def look_ahead(workspace: Workspace, order: Order) -> Outlook:
    """What would come of an order; nothing is stored.

    Raises:
        NotReady: no score is chosen.
    """
    return match(read_pool(workspace, order.criteria, order.pool), order.pairs)


def match(pool: Pool, pairs: Pairs) -> Outlook:
    """What would come of these answers, paired in this way."""
    return Outlook(pool.prompts, list(pairs(pool.answers)))


def read_pool(workspace: Workspace, criteria: Sequence[str], facets: Facets) -> Pool:
    """The answers to each prompt that has two or more, with their scores.

    Raises:
        NotReady: no score is chosen.
    """
    if not criteria:
        raise NotReady("Choose at least one score by which answers are better or worse.")
    groups = same_prompt(workspace, facets)
    numbers = [number for group in groups for number in group]
    scores = {name: read_numbers(workspace, name) for name in criteria}
    origins = origins_of(workspace, numbers)
    states = states_of(workspace)
    answers = {
        number: Answer(sample, _scores(scores, number), *_writer(origins[number]), states[number] in OUT)
        for number, sample in zip(numbers, read_samples(workspace, numbers), strict=True)
    }
    return Pool(count_prompts(workspace, facets), [[answers[number] for number in group] for group in groups])


def pairs_job(workspace: Workspace, order: Order) -> Job:
    """One run that makes the pairs; the same order on the same samples and scores stores nothing twice."""

    def work(run: str, step: Step) -> str:
        outlook = look_ahead(workspace, order)
        if not outlook.matches:
            raise NotReady(
                "No prompt of the pool has two answers, so there is nothing to pair. Make more answers first."
            )
        return _sentence(_store(workspace, run, outlook.matches, step))

    options = order.pairs.model_dump(mode="json") | {"scores": list(order.criteria)}
    return Job("generate", METHOD, options, work)


def _store(workspace: Workspace, run: str, matches: Sequence[Match], step: Step) -> Stored:
    new = repeated = dropped = 0
    for first in range(0, len(matches), TOGETHER):
        batch = [_candidate(one) for one in matches[first : first + TOGETHER]]
        stored = add_candidates(workspace, run, batch)
        new, repeated, dropped = new + stored.new, repeated + stored.repeated, dropped + stored.dropped
        step(first + len(batch), len(matches))
    return Stored(new, repeated, dropped)


def _candidate(one: Match) -> Candidate:
    """The pair; where one side is text of the practice model the whole of it counts as such, as no data to train on."""
    made = one.candidate()
    if one.chosen and one.rejected and PRACTICE_MODEL in (one.chosen.model, one.rejected.model):
        return replace(made, origin=replace(made.origin, model=PRACTICE_MODEL))
    return made


def _sentence(stored: Stored) -> str:
    again = f", {stored.repeated:,} of them were there already" if stored.repeated else ""
    return f"{stored.new + stored.repeated:,} pairs{again}; {stored.dropped:,} prompts gave none, each with its reason."


def _scores(columns: Mapping[str, NDArray[np.float64]], number: int) -> dict[str, float]:
    return {name: float(values[number]) for name, values in columns.items()}


def _writer(origins: Sequence[Origin]) -> tuple[str, str, str]:
    """(model, source, category): of the first origin that names a model, else of the first one."""
    written = next((origin for origin in origins if origin.model), origins[0])
    category = next((origin.category for origin in origins if origin.category), "")
    return written.model, written.source, category
