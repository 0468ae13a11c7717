"""The unpaired preference type of TRL, for KTO: single answers, each good or bad."""

from typing import ClassVar

from pydantic import Field

from curation.exporters.conversation import as_rows, text_prompt
from curation.exporters.file_format import Columns, Container, FileFormat
from curation.exporters.labelled import labelled
from curation.methods import Row
from curation.sample import Message, Sample


class TrlKto(FileFormat):
    r"""TRL KTO: single answers with a label, good or bad.

    A preference pair becomes two rows; a rejected answer alone is a row too.

    >>> for row in TrlKto(conversational=False).rows(Sample("Name a colour.", output="Red", rejected="Loud")):
    ...     row
    {'prompt': 'Name a colour.\n\n', 'completion': 'Red', 'label': True}
    {'prompt': 'Name a colour.\n\n', 'completion': 'Loud', 'label': False}
    """

    name: ClassVar[str] = "trl_kto"
    read_by: ClassVar[str] = "TRL KTOTrainer"
    suffix: ClassVar[str] = "jsonl"
    container: ClassVar[Container] = "jsonl"

    conversational: bool = Field(True, description="Lists of messages, for chat templates; else plain text")
    separator: str = Field("\n\n", description="In plain text: what stands between system, prompt and completion")

    def columns(self) -> Columns:
        """Prompt, completion and whether it is a good one."""
        kind: Columns = dict.fromkeys(("prompt", "completion"), "messages" if self.conversational else "text")
        return {**kind, "label": "flag"}

    def accepts(self, sample: Sample) -> bool:
        """Has an answer or a rejected one, and they differ; a single question where plain text is written."""
        return bool(labelled(sample)) and (self.conversational or not sample.followups)

    def __call__(self, sample: Sample) -> Row:
        """Write the first row of a sample."""
        return self.rows(sample)[0]

    def rows(self, sample: Sample) -> list[Row]:
        """Write the answer and the rejected answer, as far as they are there."""
        return [self._row(sample, *one) for one in labelled(sample)]

    def _row(self, sample: Sample, before: list[Message], answer: str, good: bool) -> Row:
        if not self.conversational:
            return {"prompt": text_prompt(sample, self.separator), "completion": answer, "label": good}
        completion = as_rows([Message("assistant", answer)])
        return {"prompt": as_rows(before), "completion": completion, "label": good}
