"""Preference pairs the way LLaMA-Factory reads them (`ranking: true`)."""

from typing import ClassVar

from curation.exporters.conversation import is_pair
from curation.exporters.file_format import Columns, Container, FileFormat
from curation.methods import Row
from curation.sample import Sample


class LlamaFactoryPreference(FileFormat):
    """LLaMA-Factory preference: Alpaca with a chosen and a rejected answer.

    >>> LlamaFactoryPreference()(Sample("Name a colour.", output="Red", rejected="Loud"))
    {'instruction': 'Name a colour.', 'input': '', 'chosen': 'Red', 'rejected': 'Loud', 'system': ''}
    """

    name: ClassVar[str] = "llama_factory_preference"
    read_by: ClassVar[str] = "LLaMA-Factory (stage: dpo or rm)"
    suffix: ClassVar[str] = "json"
    container: ClassVar[Container] = "json list"

    def columns(self) -> Columns:
        """Five text columns."""
        return dict.fromkeys(("instruction", "input", "chosen", "rejected", "system"), "text")

    def accepts(self, sample: Sample) -> bool:
        """Two different answers to one question."""
        return is_pair(sample)

    def __call__(self, sample: Sample) -> Row:
        """Write one sample as one row."""
        return {
            "instruction": sample.instruction,
            "input": sample.input,
            "chosen": sample.output,
            "rejected": sample.rejected,
            "system": sample.system,
        }
