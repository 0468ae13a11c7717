"""A model whose answers are a function of the prompt: in order, out of order, or in shuffled steps."""

import json
from dataclasses import dataclass, field
from random import Random

from curation.prompts import Reply


def reply_to(prompt, said):
    """A reply from text, JSON or a Reply-like (problem, text) pair."""
    key = prompt.key("fake")
    if isinstance(said, tuple):
        return Reply(key, "fake", said[1], said[0])
    if isinstance(said, str):
        return Reply(key, "fake", said)
    return Reply(key, "fake", json.dumps(said), data=said)


@dataclass
class FakeModel:
    """`answer` gives text, JSON, or (problem, text); `order` is "in turn", "lazy last" or a seed for shuffled steps."""

    answer: object
    shuffle: int | None = None
    prompts: list = field(default_factory=list)

    def each(self, chains):
        if self.shuffle is None:
            yield from (self._through(chain) for chain in chains)
            return
        yield from self._interleaved(list(chains))

    def _ask(self, prompt):
        self.prompts.append(prompt)
        return reply_to(prompt, self.answer(prompt))

    def _through(self, chain):
        try:
            prompt = next(chain)
            while True:
                prompt = chain.send(self._ask(prompt))
        except StopIteration as end:
            return end.value

    def _interleaved(self, chains):
        """Any open chain may take the next step, so that they end in any order; results come in chain order."""
        random, results, given = Random(self.shuffle), {}, 0
        waiting = {place: next(chain) for place, chain in enumerate(chains)}
        while waiting:
            place = random.choice(list(waiting))
            try:
                waiting[place] = chains[place].send(self._ask(waiting[place]))
            except StopIteration as end:
                results[place] = end.value
                del waiting[place]
            while given in results:
                yield results[given]
                given += 1
