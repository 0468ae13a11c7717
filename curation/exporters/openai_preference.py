"""The preference format of OpenAI's fine-tuning (DPO)."""

from typing import ClassVar

from curation.exporters.conversation import as_rows, is_pair, opening
from curation.exporters.file_format import Columns, Container, FileFormat
from curation.methods import Row
from curation.sample import Message, Sample


class OpenAiPreference(FileFormat):
    """OpenAI preference: what is asked, the better and the worse answer.

    >>> OpenAiPreference()(Sample("Name a colour.", output="Red", rejected="Loud"))["preferred_output"]
    [{'role': 'assistant', 'content': 'Red'}]
    """

    name: ClassVar[str] = "openai_preference"
    read_by: ClassVar[str] = "OpenAI fine-tuning (DPO)"
    suffix: ClassVar[str] = "jsonl"
    container: ClassVar[Container] = "jsonl"

    def columns(self) -> Columns:
        """The request, and a list of one message for each answer."""
        return {"input": "request", "preferred_output": "messages", "non_preferred_output": "messages"}

    def accepts(self, sample: Sample) -> bool:
        """Two different answers to one question, which stands last as OpenAI wants it."""
        return is_pair(sample)

    def __call__(self, sample: Sample) -> Row:
        """Write one sample as one row."""
        return {
            "input": {"messages": as_rows(opening(sample))},
            "preferred_output": as_rows([Message("assistant", sample.output)]),
            "non_preferred_output": as_rows([Message("assistant", sample.rejected)]),
        }
