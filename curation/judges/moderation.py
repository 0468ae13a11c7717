"""Harm as a moderation endpoint scores it."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal

from pydantic import Field, TypeAdapter, ValidationError

from curation.judges.fence import conversation
from curation.judges.scoring import INJECTION, Verdict, failed, judge_each, scored
from curation.methods import Judge
from curation.prompts import Asking, Chain, Model, Prompt
from curation.sample import Sample, Score

HARM = "harm"
"""The highest score of all categories."""
_SCORES = TypeAdapter(dict[str, float])
_NAMED = 3


class Moderation(Judge):
    """Harm by category, from a moderation endpoint.

    One request per sample to `/v1/moderations` (https://platform.openai.com/docs/api-reference/moderations), of OpenAI
    or any server that answers in the same way: each category gets a score from 0 to 1, and `harm` is the highest of
    them. The scores are the endpoint's own: they are no probabilities, and the categories differ between models. Known
    false hits: fiction, medicine, history and questions about how to prevent harm. A reason to look, never to reject by
    itself.
    """

    name: ClassVar[str] = "moderation"
    needs: ClassVar[tuple[Literal["output", "rejected"], ...]] = ()
    part: Literal["conversation", "answer"] = Field(
        "conversation", description="What is looked at: all that a model is trained on, or the answer alone"
    )

    def criteria(self) -> Sequence[str]:
        """The highest score; the categories follow as the endpoint names them."""
        return [HARM, INJECTION]

    def __call__(self, samples: Sequence[Sample], model: Model) -> Iterator[Score]:
        """The score of each category and the highest one; a sample without text cannot be scored."""
        return judge_each(samples, model, self._score, self._lacks, HARM)

    def expected(self, samples: Sequence[Sample]) -> Sequence[Asking]:
        """One request per sample that has a text."""
        texts = [text for text in map(self._text, samples) if text]
        return [Asking("moderation", float(len(texts)), sum(map(len, texts)) // max(1, len(texts)), 1, 1)]

    def _score(self, sample: Sample) -> Chain[list[Score]]:
        reply = yield Prompt(moderate=self._text(sample), temperature=0.0, max_tokens=1)
        if reply.problem:
            return failed(sample, reply, [HARM])
        try:
            found = _SCORES.validate_json(reply.text)
        except ValidationError:
            found = {}
        if not found:
            # An answer that holds no scores: whoever was asked is no moderation endpoint.
            return [Score(sample.id, HARM, float("nan"), "", reply.model, reply.key, problem="no verdict: malformed")]
        highest = sorted(found, key=lambda name: (-found[name], name))[:_NAMED]
        reason = ", ".join(f"{name} {found[name]:.2g}" for name in highest)
        each = [Verdict(name, value, f"{name} {value:.2g}") for name, value in found.items()]
        return scored(sample, reply, [Verdict(HARM, found[highest[0]], reason), *each])

    def _text(self, sample: Sample) -> str:
        if self.part == "answer":
            return sample.output.strip()
        return "\n\n".join(text for text in conversation(sample).values() if text.strip())

    def _lacks(self, sample: Sample) -> str:
        return "" if self._text(sample) else "no text to look at"
