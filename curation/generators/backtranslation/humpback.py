"""Texts that people wrote → the instructions that they answer, curated by the model itself.

Li et al. 2023, Self-Alignment with Instruction Backtranslation ("Humpback"), https://arxiv.org/abs/2308.06259. There a
model is trained to write the instruction that belongs to a text, then rates the pairs from 1 to 5 and is trained again
on those that it gave a 5. We cannot train: pairs of people and, in a second round, the pairs kept are shown as
examples instead. So the second round has a model that has seen three good pairs, not one that has learnt from all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import cast

from curation.generators.backtranslation.pair_prompts import HIGHEST, Curation, rating_prompt, writing_prompt
from curation.generators.estimates import asking
from curation.generators.fault import Fault, no_answer, quoted
from curation.generators.origins import origin_of
from curation.prompts import Asking, Chain, Model, Reply
from curation.sample import Candidate, Origin, Sample, text_hash

SHARES = {5: 0.083, 4: 0.39}
"""Share of pairs that the published curation kept: 41,821 and 195,043 of 502,133."""
_WRITTEN, _JUDGED = 40, 70
"""Tokens of an instruction and of a judgement, roughly."""


@dataclass(frozen=True)
class Source:
    """One text that may become an answer.

    Args:
        place: where it stands, unique in the run.
        text: the text.
        parents: ids of the samples that it was taken from.
        fault: why nothing is asked about it, None where it is good.
    """

    place: str
    text: str
    parents: tuple[str, ...] = ()
    fault: Fault | None = None


@dataclass(frozen=True)
class _Pair:
    source: Source
    round: int
    reply: Reply
    instruction: str = ""
    fault: Fault | None = None

    @property
    def is_low(self) -> bool:
        return self.fault is not None and self.fault.rule == "score too low"


def backtranslated(
    sources: Sequence[Source], shown: Sequence[Sample], how: Curation, model: Model
) -> Iterator[Candidate]:
    """Candidates in the order of the texts, first those of the first round, then those of the second.

    Args:
        sources: the texts.
        shown: pairs of people to show as examples in the first round; none is fine.
        how: the settings.
        model: whom to ask.
    """
    yield from (_unusable(source, how) for source in sources if source.fault)
    good = [source for source in sources if source.fault is None]
    kept: list[Sample] = []
    low: list[Source] = []
    for pair in model.each(_pair(source, 1, _drawn(shown, source, how), how) for source in good):
        yield _candidate(pair, how)
        if pair.is_low:
            low.append(pair.source)
        elif pair.fault is None:
            kept.append(Sample(pair.instruction, output=pair.source.text))
    if how.second_round and kept:
        chains = (_pair(source, 2, _drawn(kept, source, how), how) for source in low)
        yield from (_candidate(pair, how) for pair in model.each(chains))


def expected_calls(sources: Sequence[Source], shown: Sequence[Sample], how: Curation) -> list[Asking]:
    """Two calls a text, and two more for each that the second round tries again."""
    good = [source for source in sources if source.fault is None]
    if not good:
        return []
    kept = SHARES.get(how.least_score, 0.6)
    calls = len(good) * (1 + (1 - kept if how.second_round else 0))
    typical = Source("", "x" * (sum(len(source.text) for source in good) // len(good)))
    examples = shown[: how.examples] or ([Sample("x" * 160, output=typical.text)] * how.examples)
    writing, rating = writing_prompt(typical.text, 1, examples, how), rating_prompt(typical.text, "x" * 160, examples)
    return [asking("instructions", calls, writing, _WRITTEN), asking("scores", calls, rating, _JUDGED)]


def _pair(source: Source, number: int, examples: Sequence[Sample], how: Curation) -> Chain[_Pair]:
    """Ask for the instruction, then for the score."""
    reply = yield writing_prompt(source.text, number, examples, how)
    if reply.problem:
        return _Pair(source, number, reply, fault=no_answer(reply))
    instruction = cast(dict[str, str], reply.data)["request"].strip()
    fault = _unfit(instruction, source.text)
    if fault:
        return _Pair(source, number, reply, instruction, fault)
    # The first curation is by a model that has seen no rated pair, as published.
    reply = yield rating_prompt(source.text, instruction, examples if number > 1 else ())
    if reply.problem:
        return _Pair(source, number, reply, instruction, no_answer(reply))
    said = cast(dict[str, str | int], reply.data)
    score = int(said["score"])
    if score >= how.least_score:
        return _Pair(source, number, reply, instruction)
    reason = f"score {score} of {HIGHEST} (least {how.least_score}): {quoted(str(said['reason']))}"
    return _Pair(source, number, reply, instruction, Fault("score too low", reason))


def _unfit(instruction: str, text: str) -> Fault | None:
    if not instruction:
        return Fault("empty", "the instruction is empty")
    if text in instruction or instruction == text[: len(instruction)]:
        return Fault("copies the text", "the instruction is a part of the text itself, or holds all of it")
    return None


def _drawn(shown: Sequence[Sample], source: Source, how: Curation) -> list[Sample]:
    """Examples for a text, drawn by its content and never the text itself."""
    others = [sample for sample in shown if sample.output and sample.output != source.text]
    chance = Random(f"{how.seed} {text_hash(source.text)}")
    return chance.sample(others, min(how.examples, len(others)))


def _candidate(pair: _Pair, how: Curation) -> Candidate:
    reply, source = pair.reply, pair.source
    origin = origin_of(how.method, reply, f"{source.place}, round {pair.round}", source.parents)
    sample = Sample(pair.instruction, output=source.text, system=how.system)
    return Candidate(sample, origin, *(pair.fault or ("", "")), round=pair.round)


def _unusable(source: Source, how: Curation) -> Candidate:
    """A text that nothing was asked about: no model and no request stand behind it."""
    ref = f"{text_hash(source.text)[:12]}, {source.place}"
    origin = Origin(how.method, source.place, ref, parents=source.parents)
    return Candidate(Sample("", output=source.text), origin, *(source.fault or ("", "")))
