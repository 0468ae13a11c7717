"""One conversation as a chain of questions: the user's next message, the answer to it, and so on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

from curation.generators.fault import Fault, no_answer
from curation.generators.multi_turn.moves import SCHEMA, Move, question, without_speaker
from curation.generators.multi_turn.turn_checks import answer_fault, user_fault
from curation.generators.origins import origin_of
from curation.prompts import Chain, Prompt, Reply
from curation.sample import Candidate, Message, Origin, Sample, Seed


@dataclass(frozen=True)
class Voices:
    """How the two speakers are asked.

    Args:
        slot: tells the questions of one run from those of another.
        user_temperature: for the user's messages.
        temperature: for the answers.
        max_tokens: the longest answer.
    """

    slot: str
    user_temperature: float
    temperature: float
    max_tokens: int

    def follow_up(self, move: Move, said: tuple[Message, ...]) -> Prompt:
        """Asks for the user's next message."""
        messages = (Message("user", question(move, said)),)
        return Prompt(messages, self.slot, self.user_temperature, max_tokens=512, schema=SCHEMA)

    def answer(self, system: str, said: tuple[Message, ...]) -> Prompt:
        """Asks for the next answer."""
        messages = (Message("system", system), *said) if system else said
        return Prompt(messages, self.slot, self.temperature, max_tokens=self.max_tokens)


@dataclass(frozen=True)
class Start:
    """Where a conversation begins.

    Args:
        place: of the seed, from 1.
        seed: the single turn.
        moves: what the user does next, one for each further turn.
    """

    place: int
    seed: Seed
    moves: tuple[Move, ...]

    @property
    def said(self) -> tuple[Message, ...]:
        """The single turn."""
        sample = self.seed.sample
        return Message("user", sample.prompt), Message("assistant", sample.output)


@dataclass(frozen=True)
class Talk:
    """How far a conversation came.

    Args:
        start: where it began.
        said: all sound messages, an answer last.
        good: the reply with the last of them, None where the first follow-up failed.
        bad: the reply that ended it, None where it is whole.
        fault: what is wrong with that one.
        tail: the messages from the failed one's question on.
    """

    start: Start
    said: tuple[Message, ...]
    good: Reply | None = None
    bad: Reply | None = None
    fault: Fault | None = None
    tail: tuple[Message, ...] = ()

    @property
    def turns(self) -> int:
        """The user's messages so far."""
        return len(self.said) // 2


def talk(start: Start, voices: Voices) -> Chain[Talk]:
    """Carry one conversation through, up to the first message with a fault."""
    now = Talk(start, start.said)
    for move in start.moves:
        reply = yield voices.follow_up(move, now.said)
        text = reply.text if reply.problem else without_speaker(cast(dict[str, str], reply.data)["followup"])
        asked = Message("user", text)
        fault = no_answer(reply) if reply.problem else user_fault(text, now.said)
        if fault:
            return replace(now, bad=reply, fault=fault, tail=(asked,))
        reply = yield voices.answer(start.seed.sample.system, (*now.said, asked))
        told = Message("assistant", reply.text)
        fault = no_answer(reply) if reply.problem else answer_fault(reply, now.said)
        if fault:
            return replace(now, bad=reply, fault=fault, tail=(asked, told))
        now = replace(now, said=(*now.said, asked, told), good=reply)
    return now


def candidates(method: str, talked: Talk, fewest: int) -> Iterator[Candidate]:
    """The conversation as far as it is sound, if it is long enough, and what cut it short."""
    if talked.good is not None and talked.turns >= fewest:
        sample = _sample(talked.start.seed.sample, talked.said)
        yield Candidate(sample, _origin(method, talked.start, talked.good, f"{talked.turns} turns"))
    if talked.bad is not None and talked.fault is not None:
        short = talked.turns < fewest
        left = f"; {talked.turns} sound turns are too few (fewest {fewest})" if short else "; cut off before it"
        sample = _sample(talked.start.seed.sample, (*talked.said, *talked.tail))
        origin = _origin(method, talked.start, talked.bad, f"turn {talked.turns + 1}")
        yield Candidate(sample, origin, talked.fault.rule, f"turn {talked.turns + 1}: {talked.fault.reason}{left}")


def _sample(first: Sample, said: tuple[Message, ...]) -> Sample:
    return replace(first, followups=said[2:], rejected="")


def _origin(method: str, start: Start, reply: Reply, part: str) -> Origin:
    return origin_of(
        method,
        reply,
        f"sample {start.place}, {part} ({' → '.join(start.moves)})",
        (start.seed.sample.id,),
        start.seed.category,
    )
