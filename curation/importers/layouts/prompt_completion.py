"""TRL prompt and completion."""

from collections.abc import Sequence
from typing import ClassVar

from curation.importers.fields import has_list, items, question, required, text
from curation.importers.turns import conversation, messages
from curation.methods import Layout, Row
from curation.sample import Sample


class PromptCompletion(Layout):
    """TRL prompt and completion, as texts or as messages.

    >>> PromptCompletion()({"prompt": "Name a colour.", "completion": "Red"})[0].output
    'Red'
    """

    name: ClassVar[str] = "prompt_completion"

    def recognises(self, row: Row) -> bool:
        """By prompt and completion without a label."""
        return {"prompt", "completion"} <= row.keys() and {"label", "kto_tag"}.isdisjoint(row)

    def __call__(self, row: Row) -> Sequence[Sample]:
        """One sample."""
        if has_list(row, "prompt"):
            spoken = [*items(row, "prompt"), *items(row, "completion")]
            return [conversation(messages(spoken, "prompt"), text(row, "system"))]
        return [Sample(question(row, "prompt"), output=required(row, "completion"), system=text(row, "system"))]
