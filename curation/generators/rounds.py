"""Works in rounds: how many requests each makes, and candidates that say where they are from."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from curation.generators.fault import Fault
from curation.generators.origins import origin_of
from curation.generators.self_instruct.task_pool import TaskPool
from curation.prompts import Chain, Prompt, Reply
from curation.rouge import UNCOMPARED, Closeness
from curation.sample import Candidate, Sample

WHOLE = "the whole answer"
"""The place of what a reply gave where nothing in it can be told apart."""
KEPT_SHARE = 0.5
"""Assumed share of new instructions that pass all rules, for estimates. Seldom half: it falls as the pool grows."""


@dataclass(frozen=True)
class Plan:
    """How far a run goes.

    Args:
        target: kept instructions that it aims at.
        per_request: instructions that one request asks for.
        per_round: requests of one round at most.
        most_requests: requests of the whole run at most.
    """

    target: int
    per_request: int
    per_round: int
    most_requests: int

    @property
    def expected_requests(self) -> int:
        """How many requests it will take, as an estimate."""
        return min(self.most_requests, ceil(self.target / (self.per_request * KEPT_SHARE)))

    @property
    def expected_instructions(self) -> float:
        """How many new instructions they will give, as an estimate."""
        return min(self.target, self.expected_requests * self.per_request * KEPT_SHARE)


@dataclass(frozen=True)
class Request:
    """One request for instructions: its place in the run, the prompt, and the examples that it shows."""

    method: str
    round: int
    number: int
    prompt: Prompt
    context: tuple[Sample, ...]


@dataclass(frozen=True)
class Made:
    """One thing that a reply gave.

    Args:
        sample: as far as it came.
        part: its place in the request, for example `task 3, instance 1`.
        fault: what drops it, None where it is kept.
        category: `classification`, `generation`, or empty where it is not known.
        closeness: its similarity to earlier instructions.
    """

    sample: Sample
    part: str
    fault: Fault | None = None
    category: str = ""
    closeness: Closeness = UNCOMPARED


def rounds(tasks: TaskPool, plan: Plan) -> Iterator[tuple[int, int]]:
    """(number, requests) of each round until the target is reached; a round asks for no more than is still wanted."""
    asked = number = 0
    while tasks.made < plan.target and asked < plan.most_requests:
        number += 1
        wanted = ceil((plan.target - tasks.made) / plan.per_request)
        count = min(plan.per_round, plan.most_requests - asked, wanted)
        asked += count
        yield number, count


def once(prompt: Prompt) -> Chain[Reply]:
    """A chain of one question."""
    reply = yield prompt
    return reply


def candidate(request: Request, reply: Reply, made: Made) -> Candidate:
    """What a reply gave, with its origin. The reply is the one that gave the last part of it."""
    origin = origin_of(
        request.method,
        reply,
        f"round {request.round}, request {request.number}, {made.part}",
        tuple(sample.id for sample in request.context),
        made.category,
    )
    rule, reason = made.fault or ("", "")
    closeness = made.closeness
    return Candidate(made.sample, origin, rule, reason, request.round, closeness.nearest, closeness.average)
