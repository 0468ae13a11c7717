"""A model whose answers are a function of the prompt: in order, out of order, or in shuffled steps."""

import json
from dataclasses import dataclass, field
from random import Random
from zlib import crc32

import numpy as np

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

    def embed(self, texts):
        """Unit vectors of the letters of a text by threes, so that texts alike are near."""
        counts = np.full((len(texts), 64), 1e-6, np.float32)
        for row, text in zip(counts, texts, strict=True):
            for at in range(len(text) - 2):
                row[crc32(text[at : at + 3].lower().encode()) % 64] += 1
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)

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
