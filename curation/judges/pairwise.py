"""Compares the chosen with the rejected answer of a pair, shown in both orders."""

import json
from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal, cast

from curation.judges.fence import RULE, fenced, nonce_of
from curation.judges.scoring import INJECTION, Verdict, asking, closed, failed, judge_each, scored
from curation.methods import Judge
from curation.prompts import Asking, Chain, Json, Model, Prompt, Reply
from curation.sample import Message, Sample, Score

_SYSTEM = """\
You compare two answers to one instruction. Neither their order nor their length counts, only which one serves the \
person who asked better: right, complete, to the point, clear, harmless. {rule}"""
_USER = """\
{material}

Say in two or three sentences what speaks for and against each answer, then which one is better: "first", "second", or \
"tie" where neither is."""
_CRITERION = "preference"
_ORDERS = ("chosen", "rejected")
_SCHEMA = json.dumps(
    closed({"reason": {"type": "string"}, "better": {"type": "string", "enum": ["first", "second", "tie"]}})
)
_ANSWER_TOKENS = 110
_MAX_TOKENS = 500


class Pairwise(Judge):
    """Pairwise: chosen against rejected, in both orders.

    Two questions per pair at temperature 0. The value is 1 for the chosen answer, -1 for the rejected one and 0 for a
    tie, once for each order; where the orders disagree, the pair is a tie and wants a person. To be used for
    preference pairs. The swap is that of MT-Bench (Zheng et al. 2023, arXiv 2306.05685), where a strong judge kept its
    verdict in only about two of three swaps.
    """

    name: ClassVar[str] = "pairwise"
    needs: ClassVar[tuple[Literal["output", "rejected"], ...]] = ("output", "rejected")

    def criteria(self) -> Sequence[str]:
        """Preference, then `injection`."""
        return [_CRITERION, INJECTION]

    def __call__(self, samples: Sequence[Sample], model: Model) -> Iterator[Score]:
        """Two scores per pair, whose `order` says which answer was shown first."""
        return judge_each(samples, model, _judge, lacks_pair, _CRITERION)

    def expected(self, samples: Sequence[Sample]) -> Sequence[Asking]:
        """Two questions per pair."""
        judged = [sample for sample in samples if not lacks_pair(sample)]
        return [asking("comparisons", judged * 2, lambda sample: _prompt(sample, "chosen"), _ANSWER_TOKENS)]


def lacks_pair(sample: Sample) -> str:
    """A chosen and a rejected answer are needed."""
    return "" if sample.output.strip() and sample.rejected.strip() else "no pair to compare"


def _judge(sample: Sample) -> Chain[list[Score]]:
    scores: list[Score] = []
    for order in _ORDERS:
        reply = yield _prompt(sample, order)
        if reply.problem:
            scores += failed(sample, reply, [_CRITERION], order)
        else:
            scores += scored(sample, reply, [_verdict(reply, order)], order)
    return scores


def _verdict(reply: Reply, order: str) -> Verdict:
    data = cast(dict[str, Json], reply.data)
    first = 1.0 if order == "chosen" else -1.0
    value = {"first": first, "second": -first, "tie": 0.0}[str(data["better"])]
    return Verdict(_CRITERION, value, str(data["reason"]).strip())


def _prompt(sample: Sample, order: str) -> Prompt:
    nonce = nonce_of(sample)
    answers = [sample.output, sample.rejected] if order == "chosen" else [sample.rejected, sample.output]
    parts = {"system message": sample.system, "instruction": sample.instruction, "input": sample.input}
    parts |= {"first answer": answers[0], "second answer": answers[1]}
    system = Message("system", _SYSTEM.format(rule=RULE.format(nonce=nonce)))
    user = Message("user", _USER.format(material=fenced(nonce, parts)))
    return Prompt((system, user), temperature=0.0, max_tokens=_MAX_TOKENS, schema=_SCHEMA)
