"""Which seed comes next, so that every category gets its share."""

from collections import Counter
from collections.abc import Sequence
from random import Random

from curation.sample import Seed


class Drawing:
    """Gives each seed once, always one of the category that has the fewest samples made so far.

    >>> from curation.sample import Sample
    >>> def seed(category: str, at: int) -> Seed:
    ...     return Seed(Sample(f"{category} {at}"), category=category)
    >>> seeds = [*(seed("a", at) for at in range(6)), seed("b", 1), seed("b", 2)]
    >>> sorted(one.category for one in Drawing(seeds, True, Random(0)).take(4))
    ['a', 'a', 'b', 'b']
    """

    def __init__(self, seeds: Sequence[Seed], balanced: bool, random: Random) -> None:
        """Put the seeds of each category, or all of them, in an order of chance."""
        queues: dict[str, list[Seed]] = {}
        for seed in seeds:
            queues.setdefault(seed.category if balanced else "", []).append(seed)
        self._queues = {category: random.sample(queue, len(queue)) for category, queue in sorted(queues.items())}
        self._balanced = balanced
        self._made: Counter[str] = Counter()

    def take(self, count: int) -> list[Seed]:
        """The next seeds, fewer where fewer are left. Until it is known what came of one, it counts as one made."""
        drawn: list[Seed] = []
        expected = self._made.copy()
        while len(drawn) < count and any(self._queues.values()):
            open_ = [category for category, queue in self._queues.items() if queue]
            least = min(open_, key=lambda category: expected[category])
            expected[least] += 1
            drawn.append(self._queues[least].pop())
        return drawn

    def count(self, seed: Seed) -> None:
        """A sample was made from this seed and kept."""
        self._made[seed.category if self._balanced else ""] += 1
