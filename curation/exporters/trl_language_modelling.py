"""The language modelling type of TRL: every token carries loss."""

from typing import ClassVar

from pydantic import Field

from curation.exporters.conversation import as_rows, conversation, is_answered, text_prompt
from curation.exporters.file_format import Columns, Container, FileFormat
from curation.methods import Row
from curation.sample import Sample


class TrlLanguageModelling(FileFormat):
    r"""TRL language modelling: everything is learned, questions too.

    >>> TrlLanguageModelling(conversational=False)(Sample("Name a colour.", output="Red"))
    {'text': 'Name a colour.\n\nRed'}
    """

    name: ClassVar[str] = "trl_language_modelling"
    read_by: ClassVar[str] = "TRL SFTTrainer, which learns everything"
    suffix: ClassVar[str] = "jsonl"
    container: ClassVar[Container] = "jsonl"

    conversational: bool = Field(True, description="Lists of messages, for chat templates; else plain text")
    separator: str = Field("\n\n", description="In plain text: what stands between system, prompt and answer")

    def columns(self) -> Columns:
        """One list of messages, or one text."""
        return {"messages": "messages"} if self.conversational else {"text": "text"}

    def accepts(self, sample: Sample) -> bool:
        """Ends with an answer; a single question and answer where plain text is written."""
        return is_answered(sample) and (self.conversational or not sample.followups)

    def __call__(self, sample: Sample) -> Row:
        """Write one sample as one row."""
        if self.conversational:
            return {"messages": as_rows(conversation(sample))}
        return {"text": text_prompt(sample, self.separator) + sample.output}
