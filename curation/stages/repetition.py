"""The alarm of a run that goes round in circles: the share of what is new falls, round after round."""

from collections import Counter
from dataclasses import dataclass, field

from curation.errors import Paused
from curation.sample import Candidate

SEEN = frozenset({"too similar", "exact copy"})
"""The rules that drop what is there already."""


@dataclass
class Repetition:
    """Watches candidates in the order in which they are made and pauses a run that has gone stale.

    Args:
        least_new: a round in which a smaller share of what was proposed is new counts as stale, 0 to 1.
        rounds: so many stale rounds one after the other pause the run.
        smallest: a round with fewer proposals says too little and is passed over.
        heard: rounds up to this one do not count, because a person has read of them and resumed the run.
    """

    least_new: float = 0.1
    rounds: int = 3
    smallest: int = 5
    heard: int = 0
    _proposed: Counter[int] = field(default_factory=Counter)
    _seen: Counter[int] = field(default_factory=Counter)
    _now: int = 0
    _stale: int = 0

    def watch(self, candidate: Candidate) -> None:
        """Take note of one candidate.

        Raises:
            Paused: the last rounds brought almost nothing new; the message has their shares.
        """
        if candidate.round > self._now:
            if self._now:
                self._close(self._now)
            self._now = candidate.round
        self._proposed[candidate.round] += 1
        self._seen[candidate.round] += candidate.rule in SEEN

    def share_new(self, number: int) -> float:
        """The share of a round's proposals that were new, 0 to 1; NaN for a round without any."""
        proposed = self._proposed[number]
        return 1 - self._seen[number] / proposed if proposed else float("nan")

    def _close(self, number: int) -> None:
        if number <= self.heard or self._proposed[number] < self.smallest:
            return
        self._stale = self._stale + 1 if self.share_new(number) < self.least_new else 0
        if self._stale >= self.rounds:
            shares = ", ".join(f"{self.share_new(one):.0%}" for one in self._last(number))
            raise Paused(
                f"The model repeats itself: of the last {self.rounds} rounds {shares} was new. What was made is kept. "
                "Other seeds, a higher temperature or another model help; resume to go on all the same."
            )

    def _last(self, number: int) -> list[int]:
        return sorted(one for one in self._proposed if one <= number)[-self.rounds :]
