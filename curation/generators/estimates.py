"""What calls will cost in characters and tokens, estimated from the seeds before a run."""

from collections.abc import Sequence

from curation.prompts import Asking, Prompt
from curation.sample import Sample

CHARACTERS_PER_TOKEN = 4
"""Roughly, for English text."""
INSTANCES_EACH = 1.6
"""Instances of an instruction in the published data: 82 K for 52 K instructions."""
LIST_MARK, KIND, INSTANCE_MARK = 4, 8, 12
"""Tokens of `Task 9: `, of `{"classification": true}`, and of the JSON around one instance."""


def tokens(text: str) -> int:
    """Tokens of a text, roughly, at least 1."""
    return max(1, len(text) // CHARACTERS_PER_TOKEN)


def asking(what: str, calls: float, prompt: Prompt, answer_tokens: int) -> Asking:
    """An estimate whose prompts are as long as this one; no answer is longer than it may be."""
    characters = len(prompt.complete) + sum(len(message.content) for message in prompt.messages)
    return Asking(what, float(calls), characters, min(answer_tokens, prompt.max_tokens), prompt.max_tokens)


def typical_of(samples: Sequence[Sample]) -> Sample:
    """A sample whose texts are as long as the mean of these, and say nothing."""
    count = len(samples)
    instruction = sum(len(sample.instruction) for sample in samples) // count
    given = sum(len(sample.input) for sample in samples) // count
    output = sum(len(sample.output) for sample in samples) // count
    return Sample("x" * instruction, "x" * given, "x" * output)
