"""The better and the worse of several answers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log2
from random import Random
from typing import ClassVar, Literal

from pydantic import Field

from curation.methods import Plugin
from curation.pairing.answer import Answer, prompt_id
from curation.pairing.length import length_effect
from curation.pairing.match import METHOD, Match

CLOSE = 1e-9
"""Scores are means of a few numbers; what differs by less is equal."""


class Pairs(Plugin):
    """Preference pairs: the better answer chosen, a worse one rejected.

    For preference tuning (DPO and its relatives). `best and worst` is how Magpie pairs its answers (Xu et al. 2024,
    arXiv 2406.08464); `best and random lower` is how UltraFeedback (Cui et al. 2023, arXiv 2310.01377) is usually
    made into pairs, which gives harder ones. Each prompt gives one pair at most; ties give none.

    >>> from curation.sample import Sample
    >>> good, bad = Sample("2 + 2?", output="4"), Sample("2 + 2?", output="5")
    >>> [match] = Pairs()([[Answer(bad, {"accuracy": 0}), Answer(good, {"accuracy": 5})]])
    >>> match.candidate().sample.output, match.candidate().sample.rejected
    ('4', '5')
    """

    name: ClassVar[str] = METHOD
    strategy: Literal["best and worst", "best and random lower"] = Field(
        "best and worst", description="Which answer is rejected: the worst one, or any that is worse by the margin"
    )
    margin: float = Field(1.0, ge=0, description="The chosen answer scores at least so many points more")
    longest: float = Field(3.0, ge=1, description="The longer answer has at most so many times the characters")
    minimum: tuple[tuple[str, float], ...] = Field((), description="What the chosen answer scores at least, each")
    seed: int = Field(0, description="Another number draws other answers where scores leave a choice")

    def __call__(self, groups: Sequence[Sequence[Answer]]) -> Iterator[Match]:
        """One match per group of answers to one prompt, in the order given; the order within a group does not count."""
        effect = length_effect(groups)
        for group in groups:
            yield self._match(sorted(group, key=lambda answer: answer.sample.id), effect)

    def _match(self, answers: Sequence[Answer], effect: float) -> Match:
        scored = [answer for answer in answers if answer.score == answer.score]
        if len(scored) < 2:
            return Match(answers, rule="not scored", reason=f"{len(scored)} of {len(answers)} answers have every score")
        fit = [answer for answer in scored if self._may_be_chosen(answer)]
        if not fit:
            return Match(answers, rule="none to choose", reason=self._none_to_choose(scored))
        chance = Random(f"{self.seed} {prompt_id(answers[0].sample)}")
        best = max(answer.score for answer in fit)
        chosen = chance.choice([answer for answer in fit if best - answer.score < CLOSE])
        others = [answer for answer in scored if answer.text != chosen.text]
        if not others:
            return Match(answers, rule="same text", reason="the answers differ in their white space alone")
        return self._judged(Match(answers, chosen, self._rejected(chosen, others, chance)), effect)

    def _may_be_chosen(self, answer: Answer) -> bool:
        enough = all(answer.scores.get(name, least) >= least for name, least in self.minimum)
        return enough and not answer.is_out and bool(answer.text)

    def _none_to_choose(self, scored: Sequence[Answer]) -> str:
        out = sum(answer.is_out for answer in scored)
        least = ", ".join(f"{name} {least:g}" for name, least in self.minimum)
        below = [f"{len(scored) - out} score too low (at least {least})"] if least and out < len(scored) else []
        return "; ".join(below + ([f"{out} rejected or dropped"] if out else [])) or "all answers are empty"

    def _rejected(self, chosen: Answer, others: Sequence[Answer], chance: Random) -> Answer:
        lower = [one for one in others if self._is_worse(chosen, one)]
        if lower and self.strategy == "best and random lower":
            return chance.choice(lower)
        worst = min(answer.score for answer in others)
        return chance.choice([answer for answer in others if answer.score - worst < CLOSE])

    def _is_worse(self, chosen: Answer, other: Answer) -> bool:
        gap = chosen.score - other.score
        return gap > CLOSE and gap >= self.margin - CLOSE

    def _judged(self, match: Match, effect: float) -> Match:
        """The match with what speaks against it."""
        rule, reason = self._fault(match)
        alone = match.ratio > 1 and match.margin <= effect * log2(match.ratio)
        return replace(match, rule=rule, reason=reason, is_length_alone=alone and effect > 0)

    def _fault(self, match: Match) -> tuple[str, str]:
        margin, ratio = match.margin, match.ratio
        if abs(margin) <= CLOSE:
            return "tie", f"both answers score {match.chosen.score:.2f}" if match.chosen else ""
        if margin < self.margin - CLOSE:
            return "margin too small", f"{margin:.2f} points (at least {self.margin:g})"
        if max(ratio, 1 / ratio) > self.longest:
            which = "chosen" if ratio > 1 else "rejected"
            times = max(ratio, 1 / ratio)
            return "length ratio", f"the {which} answer is {times:.1f} times as long (at most {self.longest:g})"
        return "", ""
