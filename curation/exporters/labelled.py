"""Single answers and whether they are good: what formats for KTO share."""

from typing import NamedTuple

from curation.exporters.conversation import conversation, is_answered, opening
from curation.sample import Message, Sample


class Labelled(NamedTuple):
    """One answer: the messages before it with the system message first, its text, and whether it is a good one."""

    before: list[Message]
    answer: str
    good: bool


def labelled(sample: Sample) -> list[Labelled]:
    """The last answer as a good one and the rejected answer as a bad one, as far as they are there.

    None where both are the same text: they would say that one answer is good and bad. A rejected answer of a longer
    conversation is left out, for it belongs to the first question.
    """
    if sample.output == sample.rejected:
        return []
    found = []
    if is_answered(sample):
        said = conversation(sample)
        found.append(Labelled(said[:-1], said[-1].content, good=True))
    if sample.prompt and sample.rejected and not sample.followups:
        found.append(Labelled(opening(sample), sample.rejected, good=False))
    return found
