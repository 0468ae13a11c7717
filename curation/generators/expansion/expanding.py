"""Rounds over seeds: one request for each drawn seed, until enough is made or every seed had its turn."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from random import Random

from curation.errors import NotReady
from curation.generators.expansion.drawing import Drawing
from curation.generators.rounds import KEPT_SHARE, Made, Request, candidate, once
from curation.prompts import Model, Prompt, Reply
from curation.sample import Candidate, Sample, Seed

Asks = Callable[[Seed], tuple[Prompt, tuple[Sample, ...]]]
"""Seed → the question, and the samples that it shows."""
Reads = Callable[[Seed, Reply], Iterator[Made]]


@dataclass(frozen=True)
class Course:
    """How far a run goes.

    Args:
        method: its name.
        target: samples wanted.
        per_seed: samples that one request asks for.
        per_round: requests of one round at most; how the categories stand is looked at between rounds.
        balanced: whether the categories take turns.
        seed: chance.
    """

    method: str
    target: int
    per_seed: int
    per_round: int
    balanced: bool
    seed: int

    def requests(self, seeds: int) -> int:
        """How many requests it will take, as an estimate."""
        return min(seeds, ceil(self.target / (self.per_seed * KEPT_SHARE)))

    def wanted(self, seeds: int) -> int:
        """How many samples it aims at."""
        return min(self.target, seeds * self.per_seed)


def expanded(seeds: Sequence[Seed], course: Course, asks: Asks, reads: Reads, model: Model) -> Iterator[Candidate]:
    """Candidates made from the seeds, round by round; the last round may give more than the target."""
    drawing = Drawing(seeds, course.balanced, Random(f"{course.seed} drawing"))
    kept = number = 0
    while kept < course.target:
        wanted = ceil((course.target - kept) / course.per_seed)
        drawn = drawing.take(min(course.per_round, wanted))
        if not drawn:
            return
        number += 1
        requests = [Request(course.method, number, at, *asks(seed)) for at, seed in enumerate(drawn, start=1)]
        replies = model.each(once(request.prompt) for request in requests)
        for seed, request, reply in zip(drawn, requests, replies, strict=True):
            for made in reads(seed, reply):
                if made.fault is None:
                    kept += 1
                    drawing.count(seed)
                yield candidate(request, reply, made)


def usable(seeds: Sequence[Seed], fits: Callable[[Seed], bool], nothing: str) -> list[Seed]:
    """The seeds that fit, each text once.

    Raises:
        NotReady: there is none; the message is `nothing`.
    """
    found = list({seed.sample.id: seed for seed in reversed(seeds) if fits(seed)}.values())[::-1]
    if not found:
        raise NotReady(nothing)
    return found
