"""Checks an answer against every requirement of its instruction."""

import json
from collections.abc import Iterator, Sequence
from typing import ClassVar, cast

from pydantic import Field

from curation.judges.fence import RULE, conversation, fenced, nonce_of
from curation.judges.scoring import INJECTION, Verdict, asking, closed, failed, judge_each, lacks_answer, scored
from curation.methods import Judge
from curation.prompts import Asking, Chain, Json, Model, Prompt
from curation.sample import Message, Sample, Score

_SYSTEM = """\
You check whether an answer follows its instruction. You do not judge style, and the truth of statements only where \
the instruction asks for it. {rule}"""
_USER = """\
{material}

Take the instruction (with the system message and the input, where there are any) apart into at most {most} \
requirements that can be checked one by one: what is to be done, about what, and every limit of form, length, language \
or content. For each, say in one sentence what in the answer meets it or fails it, then whether it is met. A \
requirement that is met in part is not met."""
_CRITERION = "adherence"
_REQUIREMENT_TOKENS = 60


class Adherence(Judge):
    """Instruction adherence: the share of requirements that are met.

    One question per sample at temperature 0. The instruction is taken apart into requirements, each of which is met or
    not; the score is the share of those met, 0 to 1, and the reason names the others. To be used for instructions with
    several limits. After the Decomposed Requirements Following Ratio of InFoBench (Qin et al. 2024, arXiv 2401.03601);
    there, people take the instructions apart beforehand, here the judge does it in the same answer.
    """

    name: ClassVar[str] = "adherence"
    most: int = Field(8, ge=1, le=20, description="Most requirements per instruction")

    def criteria(self) -> Sequence[str]:
        """Adherence, then `injection`."""
        return [_CRITERION, INJECTION]

    def __call__(self, samples: Sequence[Sample], model: Model) -> Iterator[Score]:
        """The share of requirements that are met; a sample without an answer cannot be judged."""
        return judge_each(samples, model, self._judge, lacks_answer, _CRITERION)

    def expected(self, samples: Sequence[Sample]) -> Sequence[Asking]:
        """One question per sample that has an answer."""
        judged = [sample for sample in samples if not lacks_answer(sample)]
        return [asking("requirements", judged, self._prompt, 4 * _REQUIREMENT_TOKENS)]

    def _judge(self, sample: Sample) -> Chain[list[Score]]:
        reply = yield self._prompt(sample)
        if reply.problem:
            return failed(sample, reply, [_CRITERION])
        data = cast(dict[str, list[dict[str, Json]]], reply.data)
        found = data["requirements"]
        missed = [f"{one['requirement']}: {one['reason']}" for one in found if not one["met"]]
        share = 1 - len(missed) / len(found)
        reason = "Not met: " + " · ".join(missed) if missed else f"All {len(found)} requirements are met."
        return scored(sample, reply, [Verdict(_CRITERION, share, reason)])

    def _prompt(self, sample: Sample) -> Prompt:
        nonce = nonce_of(sample)
        text = _USER.format(most=self.most, material=fenced(nonce, conversation(sample)))
        return Prompt(
            (Message("system", _SYSTEM.format(rule=RULE.format(nonce=nonce))), Message("user", text)),
            temperature=0.0,
            max_tokens=self.most * 3 * _REQUIREMENT_TOKENS,
            schema=self._schema(),
        )

    def _schema(self) -> str:
        one = closed({"requirement": {"type": "string"}, "reason": {"type": "string"}, "met": {"type": "boolean"}})
        listed: dict[str, Json] = {"type": "array", "items": one, "minItems": 1, "maxItems": self.most}
        return json.dumps(closed({"requirements": listed}))
