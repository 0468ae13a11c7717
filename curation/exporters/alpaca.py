"""The format of Stanford Alpaca, with the two columns that LLaMA-Factory adds."""

from typing import ClassVar

from pydantic import Field

from curation.exporters.conversation import takes_turns, turns
from curation.exporters.file_format import Columns, Container, FileFormat
from curation.methods import Row
from curation.sample import Sample


class Alpaca(FileFormat):
    """Alpaca: one JSON list of instruction, input, output.

    Of a conversation the last question is the instruction and what came before is the history.

    >>> Alpaca(extended=False)(Sample("Name a colour.", output="Red"))
    {'instruction': 'Name a colour.', 'input': '', 'output': 'Red'}
    """

    name: ClassVar[str] = "alpaca"
    read_by: ClassVar[str] = "LLaMA-Factory, Axolotl (type: alpaca), Stanford Alpaca"
    suffix: ClassVar[str] = "json"
    container: ClassVar[Container] = "json list"

    extended: bool = Field(
        True, description="Also write system and history (LLaMA-Factory); without them such samples are left out"
    )

    def columns(self) -> Columns:
        """Three text columns, with system and history where extended."""
        plain: Columns = {"instruction": "text", "input": "text", "output": "text"}
        return {**plain, "system": "text", "history": "history"} if self.extended else plain

    def accepts(self, sample: Sample) -> bool:
        """Questions and answers in turn; a single pair without a system message where not extended."""
        return takes_turns(sample, "user") and (self.extended or not (sample.system or sample.followups))

    def __call__(self, sample: Sample) -> Row:
        """Write one sample as one row."""
        last: Row = {"instruction": sample.instruction, "input": sample.input, "output": sample.output}
        if sample.followups:
            question, answer = sample.followups[-2:]
            last = {"instruction": question.content, "input": "", "output": answer.content}
        if not self.extended:
            return last
        said = [message.content for message in turns(sample)[:-2]]
        history = [[user, assistant] for user, assistant in zip(said[::2], said[1::2], strict=True)]
        return {**last, "system": sample.system, "history": history}
