"""Which samples wait for an answer, what has been said so far, and where the answer goes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from curation.errors import NotReady
from curation.generators.estimates import tokens
from curation.sample import Message, Sample, Seed

Which = Literal["unanswered", "all"]
LIKELY_TOKENS = 250
"""Of an answer, where no seed has one to measure: the means of published sets lie between 60 and 450."""


@dataclass(frozen=True)
class Waiting:
    """A sample that waits for an answer.

    Args:
        place: its place among the seeds, from 1.
        seed: where it is from.
        sample: without the answer, and without what came after it.
    """

    place: int
    seed: Seed
    sample: Sample


def chosen(pool: Sequence[Seed], which: Which) -> list[Waiting]:
    """The seeds to answer, each without its answer; a conversation whose last message is the user's waits for the next.

    Raises:
        NotReady: there is none.
    """
    all_ = [_waiting(place, seed, which) for place, seed in enumerate(pool, start=1)]
    found = [one for one in all_ if one is not None]
    if not found:
        raise NotReady(
            "None of the chosen samples waits for an answer. Choose samples without one, or have all of them answered."
        )
    return found


def conversation(sample: Sample) -> tuple[Message, ...]:
    """The messages of a sample up to where it waits for an answer."""
    system = (Message("system", sample.system),) if sample.system else ()
    said = (Message("assistant", sample.output), *sample.followups) if sample.followups else ()
    return (*system, Message("user", sample.prompt), *said)


def answered(sample: Sample, text: str) -> Sample:
    """The sample with the answer that it waits for."""
    if not sample.followups:
        return replace(sample, output=text)
    return replace(sample, followups=(*sample.followups, Message("assistant", text)))


def answer_tokens(pool: Sequence[Seed]) -> int:
    """Tokens of an answer, after those that the seeds have."""
    outputs = [seed.sample.output for seed in pool if seed.sample.output]
    return tokens("x" * mean(outputs)) if outputs else LIKELY_TOKENS


def _waiting(place: int, seed: Seed, which: Which) -> Waiting | None:
    sample = seed.sample
    if not sample.instruction.strip():
        return None
    if sample.output and sample.followups and sample.followups[-1].role == "user":
        return Waiting(place, seed, replace(sample, rejected=""))
    if sample.output and which == "unanswered":
        return None
    return Waiting(place, seed, replace(sample, output="", followups=(), rejected=""))


def mean(texts: Sequence[str]) -> int:
    """Characters of a text."""
    return sum(map(len, texts)) // len(texts)
