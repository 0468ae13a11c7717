"""The tasks that a run knows: those it started from and those it made, to show as examples and to compare with."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from curation.errors import NotReady
from curation.generators.fault import Fault, quoted
from curation.generators.self_instruct.heuristics import unfit
from curation.rouge import UNCOMPARED, Closeness, Pool
from curation.sample import Sample, Seed

NEAREST = 10
"""So many of the most similar instructions are noted with a new one, as Self-Instruct does."""


@dataclass(frozen=True)
class Bounds:
    """What a new instruction must keep to.

    Args:
        blacklist: words that it must not have.
        ascii_start: whether it must start with an ASCII character.
        most_similarity: the highest ROUGE-L F1 with a known instruction that still counts as new.
    """

    blacklist: tuple[str, ...]
    ascii_start: bool
    most_similarity: float


class TaskPool:
    """Grows during a run. Nothing in it depends on anything but the seeds and the order of the calls."""

    def __init__(self, seeds: Sequence[Seed], only_classification: bool = False) -> None:
        """Start from seeds; the first sample of each instruction stands for it.

        Args:
            seeds: what people wrote and, told apart, what models wrote.
            only_classification: show only seeds whose source says that they are classification tasks.

        Raises:
            NotReady: there is no seed to show.
        """
        first: dict[str, Seed] = {}
        for seed in seeds:
            if seed.sample.instruction.strip():
                first.setdefault(_plain(seed.sample.instruction), seed)
        self._first = list(first.values())
        shown = [seed for seed in self._first if seed.classification or not only_classification]
        self.people = [seed.sample for seed in shown if seed.human]
        self.machine = [seed.sample for seed in shown if not seed.human]
        self.made = 0
        if not shown:
            raise NotReady(_NO_CLASSIFICATION if self._first else _NO_SEEDS)

    def context(self, count: int, machine: int, random: Random) -> tuple[Sample, ...]:
        """Draw examples to show: so many by models, fewer while there are fewer, the rest by people, shuffled.

        Where people wrote too few, more by models stand in for them.
        """
        people = min(count - min(machine, count, len(self.machine)), len(self.people))
        drawn = random.sample(self.people, people)
        drawn += random.sample(self.machine, min(count - people, len(self.machine)))
        random.shuffle(drawn)
        return tuple(drawn)

    def admit(self, instruction: str, bounds: Bounds) -> tuple[Fault | None, Closeness]:
        """Judge an instruction, compare it with all that are known, and know it from now on if it is new.

        Args:
            instruction: without outer white space.
            bounds: what it must keep to.
        """
        fault = unfit(instruction, bounds.blacklist, bounds.ascii_start)
        if fault is None and _plain(instruction) in self._seen:
            fault = Fault("exact copy", "the same instruction is there already")
        if fault:
            return fault, UNCOMPARED
        closeness = self._known.nearest([instruction], NEAREST)[0]
        if closeness.most > bounds.most_similarity:
            near = quoted(closeness.nearest[0].text)
            facts = f"ROUGE-L {closeness.most:.2f} with {near} (most {bounds.most_similarity:.2f})"
            return Fault("too similar", facts), closeness
        self._seen.add(_plain(instruction))
        self._known.add([instruction])
        return None, closeness

    def keep(self, sample: Sample) -> None:
        """Count a made task as kept, and show it as an example from now on."""
        self.machine.append(sample)
        self.made += 1

    @cached_property
    def _known(self) -> Pool:
        return Pool(seed.sample.instruction for seed in self._first)

    @cached_property
    def _seen(self) -> set[str]:
        return {_plain(seed.sample.instruction) for seed in self._first}


_NO_SEEDS = "There is nothing to start from: choose or import samples to serve as seed tasks, then try again."
_NO_CLASSIFICATION = (
    "None of the chosen seed tasks is marked as classification. Choose others, or let all kinds serve as examples."
)


def _plain(instruction: str) -> str:
    return " ".join(instruction.casefold().split())
