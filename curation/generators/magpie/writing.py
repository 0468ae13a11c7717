"""Rounds of instructions that a model writes by itself: filtered, then answered, until there are enough."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from curation.generators.declining import declines
from curation.generators.fault import Fault, no_answer, quoted
from curation.generators.magpie.freshness import Freshness
from curation.generators.origins import origin_of
from curation.generators.rounds import once
from curation.prompts import Model, Prompt, Reply
from curation.sample import Candidate, Sample

KEPT_SHARE = 0.8
"""Assumed share of instructions that pass the filters and are answered, for estimates."""


@dataclass(frozen=True)
class Course:
    """How far a run goes.

    Args:
        target: kept samples that it aims at.
        per_round: instructions of one round at most.
        most_requests: instructions of the whole run at most.
    """

    target: int
    per_round: int
    most_requests: int

    @property
    def expected(self) -> int:
        """How many instructions it will ask for, as an estimate."""
        return min(self.most_requests, ceil(self.target / KEPT_SHARE))


@dataclass(frozen=True)
class Writer:
    """How a method asks.

    Args:
        method: its name.
        ask: the number of an instruction, from 1 → what is asked for it.
        read: a usable reply → the instruction.
        answer: an instruction → what is asked for its answer.
        category: the number of an instruction → its task type, "" for none.
    """

    method: str
    ask: Callable[[int], Prompt]
    read: Callable[[Reply], str]
    answer: Callable[[str], Prompt]
    category: Callable[[int], str]


@dataclass(frozen=True)
class _Written:
    """An instruction as far as it came: its number, the last reply, the sample, and what drops it."""

    number: int
    reply: Reply
    sample: Sample
    fault: Fault | None


def write(writer: Writer, course: Course, fresh: Freshness, model: Model) -> Iterator[Candidate]:
    """Candidates in the order of their instructions."""
    kept = asked = number = 0
    while kept < course.target and asked < course.most_requests:
        number += 1
        count = min(course.per_round, course.most_requests - asked, course.target - kept)
        written = _written(writer, range(asked + 1, asked + count + 1), fresh, model)
        for one in _answered(writer, written, model):
            kept += one.fault is None
            yield _candidate(writer, number, one)
        asked += count


def _written(writer: Writer, numbers: Sequence[int], fresh: Freshness, model: Model) -> list[_Written]:
    """The instructions of a round, filtered."""
    replies = list(model.each(once(writer.ask(number)) for number in numbers))
    texts = [reply.text if reply.problem else writer.read(reply) for reply in replies]
    faults = iter(fresh.faults([text for text, reply in zip(texts, replies, strict=True) if not reply.problem], model))
    return [
        _Written(number, reply, Sample(text), no_answer(reply) if reply.problem else next(faults))
        for number, reply, text in zip(numbers, replies, texts, strict=True)
    ]


def _answered(writer: Writer, written: Sequence[_Written], model: Model) -> Iterator[_Written]:
    """The same with answers to those that are sound."""
    sound = [one for one in written if one.fault is None]
    replies = model.each(once(writer.answer(one.sample.instruction)) for one in sound)
    for one in written:
        yield one if one.fault else _with(one, next(replies))


def _with(written: _Written, reply: Reply) -> _Written:
    fault = no_answer(reply) if reply.problem else None
    if fault is None and declines(reply.text):
        fault = Fault("declines", f"the model declined: {quoted(reply.text)}")
    return replace(written, reply=reply, sample=replace(written.sample, output=reply.text), fault=fault)


def _candidate(writer: Writer, number: int, written: _Written) -> Candidate:
    reply = written.reply
    origin = origin_of(
        writer.method, reply, f"round {number}, instruction {written.number}", category=writer.category(written.number)
    )
    return Candidate(written.sample, origin, *(written.fault or ("", "")), number)
