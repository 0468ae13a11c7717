"""What became of the answers to one prompt: a pair, or the reason why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from curation.pairing.answer import Answer, prompt_id
from curation.sample import Candidate, Origin

METHOD = "pairs"
LENGTH_ALONE = "won by length alone"
"""Stands in the place of a pair that may owe its margin to the length of its chosen answer."""


@dataclass(frozen=True)
class Match:
    """The answers to one prompt and what became of them.

    Args:
        answers: all of them, in the order of their ids.
        chosen: the better one, None where none could be chosen.
        rejected: the worse one, likewise.
        rule: what dropped the pair in a few words, empty for one that is kept.
        reason: the same with its facts.
        is_length_alone: whether its margin is no more than what its length would bring (see `length_effect`).
    """

    answers: Sequence[Answer]
    chosen: Answer | None = None
    rejected: Answer | None = None
    rule: str = ""
    reason: str = ""
    is_length_alone: bool = False

    @property
    def margin(self) -> float:
        """By how many points the chosen answer scored higher, NaN where there are not two."""
        return self.chosen.score - self.rejected.score if self.chosen and self.rejected else float("nan")

    @property
    def ratio(self) -> float:
        """How many times as many characters the chosen answer has, NaN where there are not two."""
        if not (self.chosen and self.rejected):
            return float("nan")
        return max(1, len(self.chosen.text)) / max(1, len(self.rejected.text))

    def candidate(self) -> Candidate:
        """The pair as a candidate whose parents are the samples of its two answers, of all answers where it has none.

        Its source says who wrote which side, its place the prompt and both scores.
        """
        first = self.answers[0].sample
        prompt = f"prompt {prompt_id(first)[:12]}"
        if not (self.chosen and self.rejected):
            parents = tuple(answer.sample.id for answer in self.answers)
            origin = Origin(METHOD, "no pair", prompt, parents=parents)
            return Candidate(replace(first, output=""), origin, self.rule, self.reason)
        sample = replace(first, output=self.chosen.sample.output, rejected=self.rejected.sample.output)
        scores = f"{self.chosen.score:.2f} over {self.rejected.score:.2f} ({', '.join(self.chosen.scores)})"
        origin = Origin(
            method=METHOD,
            source=f"chosen {self.chosen.written}, rejected {self.rejected.written}",
            ref=", ".join([prompt, scores] + [LENGTH_ALONE] * self.is_length_alone),
            category=self.chosen.category or self.rejected.category,
            model=", ".join(dict.fromkeys(filter(None, (self.chosen.model, self.rejected.model)))),
            parents=(self.chosen.sample.id, self.rejected.sample.id),
        )
        return Candidate(sample, origin, self.rule, self.reason)
