"""Rates how complex an instruction is and how good its answer, as DEITA does."""

import json
from collections.abc import Iterator, Sequence
from typing import ClassVar, cast

from curation.judges.fence import RULE, fenced, nonce_of
from curation.judges.scoring import INJECTION, Verdict, asking, closed, failed, judge_each, lacks_answer, scored
from curation.methods import Judge
from curation.prompts import Asking, Chain, Json, Model, Prompt, Reply
from curation.sample import Message, Sample, Score

_SYSTEM = """\
You rate samples of instruction data on whole numbers from 1 to 6. Use the whole scale. {rule}"""
_COMPLEXITY = """\
{material}

How complex is the instruction: how many steps, conditions, pieces of knowledge and of thought does a right answer take?
1 = answered at once by anybody, 2 = a plain fact or a simple rewording, 3 = some thought or one condition, \
4 = several conditions or steps, 5 = hard for most people, 6 = hard for an expert. A long text is not complex for \
that. Give the reason in one sentence, then the score."""
_QUALITY = """\
{material}

How good is the answer to the instruction: right, complete, relevant, clear, of the right depth?
1 = of no use, 2 = poor, 3 = middling, 4 = good with a small lack, 5 = very good, 6 = as an expert would write it with \
care. A long answer is not good for that. Give the reason in one sentence, then the score."""
_SCALE: dict[str, Json] = {"type": "integer", "minimum": 1, "maximum": 6}
_SCHEMA = json.dumps(closed({"reason": {"type": "string"}, "score": _SCALE}))
_ANSWER_TOKENS = 60
_MAX_TOKENS = 400
_BOTH = ("complexity", "quality")
_PRODUCT = "complexity × quality"


class Deita(Judge):
    """DEITA: complexity of the instruction and quality of the answer.

    Two questions per sample at temperature 0, each a whole number from 1 to 6, and their product, by which DEITA sorts
    before it picks samples that are not too near to one another (Liu et al. 2024, arXiv 2312.15685). To be used for
    choosing a small set from a large one. Two things differ from the published way: there the score is the mean of
    1 … 6 weighted by the probability of each digit, in two fine-tuned 7B models; our client reads no probabilities, so
    ours is the digit itself, with a reason before it and many equal values. And there the product is summed over the
    turns of a conversation, while ours is of the first turn.
    """

    name: ClassVar[str] = "deita"

    def criteria(self) -> Sequence[str]:
        """Complexity, quality, their product, then `injection`."""
        return [*_BOTH, _PRODUCT, INJECTION]

    def __call__(self, samples: Sequence[Sample], model: Model) -> Iterator[Score]:
        """Complexity, quality and product of every sample that has an answer."""
        return judge_each(samples, model, _judge, lacks_answer, _PRODUCT)

    def expected(self, samples: Sequence[Sample]) -> Sequence[Asking]:
        """Two questions per sample that has an answer."""
        judged = [sample for sample in samples if not lacks_answer(sample)]
        return [
            asking("complexity", judged, _about_complexity, _ANSWER_TOKENS),
            asking("quality", judged, _about_quality, _ANSWER_TOKENS),
        ]


def _judge(sample: Sample) -> Chain[list[Score]]:
    complexity = yield _about_complexity(sample)
    if complexity.problem:
        return failed(sample, complexity, [*_BOTH, _PRODUCT])
    quality = yield _about_quality(sample)
    hard = _verdict(_BOTH[0], complexity)
    if quality.problem:
        return [*scored(sample, complexity, [hard]), *failed(sample, quality, [_BOTH[1], _PRODUCT])[:-1]]
    good = _verdict(_BOTH[1], quality)
    product = Verdict(_PRODUCT, hard.value * good.value, f"{hard.value:g} × {good.value:g}")
    return [*scored(sample, complexity, [hard])[:-1], *scored(sample, quality, [good, product])]


def _verdict(criterion: str, reply: Reply) -> Verdict:
    data = cast(dict[str, Json], reply.data)
    return Verdict(criterion, float(str(data["score"])), str(data["reason"]).strip())


def _about_complexity(sample: Sample) -> Prompt:
    parts = {"system message": sample.system, "instruction": sample.instruction, "input": sample.input}
    return _prompt(sample, _COMPLEXITY, parts)


def _about_quality(sample: Sample) -> Prompt:
    parts = {"system message": sample.system, "instruction": sample.instruction, "input": sample.input}
    return _prompt(sample, _QUALITY, parts | {"answer": sample.output})


def _prompt(sample: Sample, question: str, parts: dict[str, str]) -> Prompt:
    nonce = nonce_of(sample)
    system = Message("system", _SYSTEM.format(rule=RULE.format(nonce=nonce)))
    user = Message("user", question.format(material=fenced(nonce, parts)))
    return Prompt((system, user), temperature=0.0, max_tokens=_MAX_TOKENS, schema=_SCHEMA)
