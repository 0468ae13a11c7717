"""The chat format of OpenAI's fine-tuning, which TRL, Axolotl and most others read too."""

from typing import ClassVar

from curation.exporters.conversation import as_rows, conversation, is_answered
from curation.exporters.file_format import Columns, Container, FileFormat
from curation.methods import Row
from curation.sample import Sample


class OpenAiChat(FileFormat):
    """OpenAI chat: a list of messages with role and content a line.

    >>> OpenAiChat()(Sample("Name a colour.", output="Red"))
    {'messages': [{'role': 'user', 'content': 'Name a colour.'}, {'role': 'assistant', 'content': 'Red'}]}
    """

    name: ClassVar[str] = "openai_chat"
    read_by: ClassVar[str] = "OpenAI fine-tuning, TRL SFTTrainer, Axolotl, LLaMA-Factory"
    suffix: ClassVar[str] = "jsonl"
    container: ClassVar[Container] = "jsonl"

    def columns(self) -> Columns:
        """One list of messages."""
        return {"messages": "messages"}

    def accepts(self, sample: Sample) -> bool:
        """Ends with an answer and has no tool message: OpenAI wants a call id with one, which samples do not keep."""
        return is_answered(sample) and all(message.role != "tool" for message in sample.followups)

    def __call__(self, sample: Sample) -> Row:
        """Write one sample as one row."""
        return {"messages": as_rows(conversation(sample))}
