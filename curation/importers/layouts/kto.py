"""Single answers with a thumb up or down (KTO)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from curation.errors import BadRow
from curation.importers.fields import truth
from curation.importers.layouts.alpaca import Alpaca
from curation.importers.layouts.openai_chat import OpenAiChat
from curation.importers.layouts.prompt_completion import PromptCompletion
from curation.importers.layouts.sharegpt import ShareGpt
from curation.methods import Layout, Row
from curation.sample import Sample

TAGS = ("label", "kto_tag")
CARRIERS: tuple[Layout, ...] = (OpenAiChat(), ShareGpt(), PromptCompletion(), Alpaca())


class Kto(Layout):
    """KTO: an answer with a label, true for good and false for bad.

    >>> Kto()({"prompt": "Name a colour.", "completion": "Seven", "label": False})[0].rejected
    'Seven'
    """

    name: ClassVar[str] = "kto"

    def recognises(self, row: Row) -> bool:
        """By a label next to messages, conversations, prompt and completion, or Alpaca's fields."""
        return tag_of(row) != "" and carrier_of(row) is not None

    def __call__(self, row: Row) -> Sequence[Sample]:
        """One sample; a bad answer is kept as the rejected one, and the good one is empty."""
        carrier = carrier_of(row)
        if carrier is None:
            raise BadRow("there is a label but no messages, prompt and completion, or instruction and output")
        is_good = truth(row, tag_of(row) or "label")
        return [sample if is_good else turned(sample) for sample in carrier(untagged(row))]


def tag_of(row: Row) -> str:
    """The field with the label, empty where there is none."""
    return next((tag for tag in TAGS if tag in row), "")


def untagged(row: Row) -> Row:
    """The row without its label."""
    return {field: value for field, value in row.items() if field not in TAGS}


def carrier_of(row: Row) -> Layout | None:
    """The layout of the row without its label."""
    return next((carrier for carrier in CARRIERS if carrier.recognises(untagged(row))), None)


def turned(sample: Sample) -> Sample:
    """The last answer moved from good to rejected."""
    if not sample.followups:
        return replace(sample, output="", rejected=sample.output)
    last = sample.followups[-1]
    if last.role != "assistant":
        raise BadRow("the conversation does not end with an answer that the label could be about")
    return replace(sample, followups=sample.followups[:-1], rejected=last.content)
