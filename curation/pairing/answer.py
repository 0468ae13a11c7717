"""One answer to a prompt, with what judges gave it and who wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from curation.sample import Sample


@dataclass(frozen=True)
class Answer:
    """One answer to a prompt.

    Args:
        sample: instruction, input and system message as for all answers to this prompt, and the answer.
        scores: criterion → value; NaN where a judge gave none.
        model: the language model that wrote it, empty where none is known.
        source: where it came from otherwise: a file, or a person.
        category: the task type that its source gives.
        is_out: whether a person rejected it or the recipe drops it, so that it can be no chosen answer.
    """

    sample: Sample
    scores: Mapping[str, float] = field(default_factory=dict)
    model: str = ""
    source: str = ""
    category: str = ""
    is_out: bool = False

    @cached_property
    def score(self) -> float:
        """The mean of its scores; NaN where there is none, or where one of them is missing.

        >>> Answer(Sample("Name a colour.", output="Red"), {"accuracy": 5, "clarity": 4}).score
        4.5
        """
        return sum(self.scores.values()) / len(self.scores) if self.scores else float("nan")

    @cached_property
    def text(self) -> str:
        """The answer with its white space made even: two answers that differ in nothing else are one."""
        return " ".join(self.sample.output.split())

    @property
    def written(self) -> str:
        """Who wrote it, as in `by qwen` or `from seeds.jsonl`."""
        return f"by {self.model}" if self.model else f"from {self.source or 'an unknown source'}"


def prompt_id(sample: Sample) -> str:
    """32 hexadecimal digits that all answers to one prompt share, whatever their text."""
    return replace(sample, output="", followups=(), rejected="").id
