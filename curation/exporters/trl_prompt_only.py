"""The prompt-only type of TRL, for methods that let the model answer while it is trained (GRPO, RLOO, online DPO)."""

from typing import ClassVar

from pydantic import Field

from curation.exporters.conversation import as_rows, asked, text_prompt
from curation.exporters.file_format import Columns, Container, FileFormat
from curation.methods import Row
from curation.sample import Sample


class TrlPromptOnly(FileFormat):
    r"""TRL prompt-only: what is asked, without the last answer.

    >>> TrlPromptOnly()(Sample("Name a colour.", output="Red"))
    {'prompt': [{'role': 'user', 'content': 'Name a colour.'}]}
    """

    name: ClassVar[str] = "trl_prompt_only"
    read_by: ClassVar[str] = "TRL GRPOTrainer, RLOOTrainer, online DPO"
    suffix: ClassVar[str] = "jsonl"
    container: ClassVar[Container] = "jsonl"

    conversational: bool = Field(True, description="Lists of messages, for chat templates; else plain text")
    separator: str = Field("\n\n", description="In plain text: what stands between system and prompt, and at its end")

    def columns(self) -> Columns:
        """The prompt."""
        return {"prompt": "messages" if self.conversational else "text"}

    def accepts(self, sample: Sample) -> bool:
        """Has a question at its end, answered or not; a single one where plain text is written."""
        said = asked(sample)
        last = said[-1].role != "assistant" and all(message.content for message in said)
        return last and (self.conversational or not sample.followups)

    def __call__(self, sample: Sample) -> Row:
        """Write one sample as one row."""
        return {"prompt": as_rows(asked(sample)) if self.conversational else text_prompt(sample, self.separator)}
