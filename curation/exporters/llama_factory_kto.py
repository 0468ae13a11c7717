"""Single answers with a label, the way LLaMA-Factory reads them (`kto_tag`)."""

from typing import ClassVar

from curation.exporters.conversation import takes_turns
from curation.exporters.file_format import Columns, Container, FileFormat
from curation.exporters.labelled import Labelled, labelled
from curation.exporters.sharegpt import SPEAKERS
from curation.methods import Row
from curation.sample import Message, Sample


class LlamaFactoryKto(FileFormat):
    """LLaMA-Factory KTO: ShareGPT with a label, good or bad.

    A preference pair becomes two rows; a rejected answer alone is a row too.

    >>> LlamaFactoryKto()(Sample("Name a colour.", output="Red"))["kto_tag"]
    True
    """

    name: ClassVar[str] = "llama_factory_kto"
    read_by: ClassVar[str] = "LLaMA-Factory (stage: kto)"
    suffix: ClassVar[str] = "json"
    container: ClassVar[Container] = "json list"

    def columns(self) -> Columns:
        """The turns, the label, and the system message as a column of its own."""
        return {"conversations": "turns", "kto_tag": "flag", "system": "text"}

    def accepts(self, sample: Sample) -> bool:
        """Has an answer or a rejected one, they differ, and human or tool and the answer follow each other."""
        return bool(labelled(sample)) and (not sample.followups or takes_turns(sample, "user", "tool"))

    def __call__(self, sample: Sample) -> Row:
        """Write the first row of a sample."""
        return self.rows(sample)[0]

    def rows(self, sample: Sample) -> list[Row]:
        """Write the answer and the rejected answer, as far as they are there."""
        return [_row(sample.system, one) for one in labelled(sample)]


def _row(system: str, one: Labelled) -> Row:
    messages = [message for message in one.before if message.role != "system"]
    messages.append(Message("assistant", one.answer))
    said = [{"from": SPEAKERS[message.role], "value": message.content} for message in messages]
    return {"conversations": said, "kto_tag": one.good, "system": system}
