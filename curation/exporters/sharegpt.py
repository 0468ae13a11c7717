"""The format of ShareGPT, as FastChat and LLaMA-Factory read it."""

from typing import ClassVar

from curation.exporters.conversation import takes_turns, turns
from curation.exporters.file_format import Columns, Container, FileFormat
from curation.methods import Row
from curation.sample import Sample

SPEAKERS = {"user": "human", "assistant": "gpt", "tool": "observation"}


class ShareGpt(FileFormat):
    """ShareGPT: one JSON list of conversations between human and gpt.

    >>> ShareGpt()(Sample("Name a colour.", output="Red"))
    {'conversations': [{'from': 'human', 'value': 'Name a colour.'}, {'from': 'gpt', 'value': 'Red'}], 'system': ''}
    """

    name: ClassVar[str] = "sharegpt"
    read_by: ClassVar[str] = "LLaMA-Factory, Axolotl, FastChat"
    suffix: ClassVar[str] = "json"
    container: ClassVar[Container] = "json list"

    def columns(self) -> Columns:
        """The turns, and the system message as a column of its own."""
        return {"conversations": "turns", "system": "text"}

    def accepts(self, sample: Sample) -> bool:
        """Human or tool at odd places, the answer at even ones: LLaMA-Factory refuses anything else."""
        return takes_turns(sample, "user", "tool")

    def __call__(self, sample: Sample) -> Row:
        """Write one sample as one row."""
        said = [{"from": SPEAKERS[message.role], "value": message.content} for message in turns(sample)]
        return {"conversations": said, "system": sample.system}
