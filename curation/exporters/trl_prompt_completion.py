"""The prompt-completion type of TRL: only the completion carries loss."""

from typing import ClassVar

from pydantic import Field

from curation.exporters.conversation import as_rows, conversation, is_answered, text_prompt
from curation.exporters.file_format import Columns, Container, FileFormat
from curation.methods import Row
from curation.sample import Sample


class TrlPromptCompletion(FileFormat):
    r"""TRL prompt-completion: only the last answer is learned.

    As messages, the prompt is everything before the last answer. As text, TRL puts prompt and completion together
    with nothing between them, so the prompt ends with the separator; a system message stands before the question.

    >>> TrlPromptCompletion(conversational=False)(Sample("Name a colour.", output="Red"))
    {'prompt': 'Name a colour.\n\n', 'completion': 'Red'}
    """

    name: ClassVar[str] = "trl_prompt_completion"
    read_by: ClassVar[str] = "TRL SFTTrainer, which learns the completion alone"
    suffix: ClassVar[str] = "jsonl"
    container: ClassVar[Container] = "jsonl"

    conversational: bool = Field(True, description="Lists of messages, for chat templates; else plain text")
    separator: str = Field("\n\n", description="In plain text: what stands between system, prompt and completion")

    def columns(self) -> Columns:
        """Prompt and completion."""
        return dict.fromkeys(("prompt", "completion"), "messages" if self.conversational else "text")

    def accepts(self, sample: Sample) -> bool:
        """Ends with an answer; a single question and answer where plain text is written."""
        return is_answered(sample) and (self.conversational or not sample.followups)

    def __call__(self, sample: Sample) -> Row:
        """Write one sample as one row."""
        if self.conversational:
            messages = as_rows(conversation(sample))
            return {"prompt": messages[:-1], "completion": messages[-1:]}
        return {"prompt": text_prompt(sample, self.separator), "completion": sample.output}
