"""The explicit preference type of TRL, for DPO and its relatives."""

from typing import ClassVar

from pydantic import Field

from curation.exporters.conversation import as_rows, is_pair, opening, text_prompt
from curation.exporters.file_format import Columns, Container, FileFormat
from curation.methods import Row
from curation.sample import Message, Sample


class TrlPreference(FileFormat):
    r"""TRL preference: prompt, chosen and rejected answer.

    As text, TRL puts prompt and answer together with nothing between them, so the prompt ends with the separator.

    >>> TrlPreference(conversational=False)(Sample("Name a colour.", output="Red", rejected="Loud"))
    {'prompt': 'Name a colour.\n\n', 'chosen': 'Red', 'rejected': 'Loud'}
    """

    name: ClassVar[str] = "trl_preference"
    read_by: ClassVar[str] = "TRL DPOTrainer, RewardTrainer; Axolotl (rl: dpo)"
    suffix: ClassVar[str] = "jsonl"
    container: ClassVar[Container] = "jsonl"

    conversational: bool = Field(True, description="Lists of messages, for chat templates; else plain text")
    separator: str = Field("\n\n", description="In plain text: what stands between system, prompt and answer")

    def columns(self) -> Columns:
        """Prompt, chosen and rejected."""
        return dict.fromkeys(("prompt", "chosen", "rejected"), "messages" if self.conversational else "text")

    def accepts(self, sample: Sample) -> bool:
        """Two different answers to one question."""
        return is_pair(sample)

    def __call__(self, sample: Sample) -> Row:
        """Write one sample as one row."""
        if not self.conversational:
            prompt = text_prompt(sample, self.separator)
            return {"prompt": prompt, "chosen": sample.output, "rejected": sample.rejected}
        return {
            "prompt": as_rows(opening(sample)),
            "chosen": as_rows([Message("assistant", sample.output)]),
            "rejected": as_rows([Message("assistant", sample.rejected)]),
        }
