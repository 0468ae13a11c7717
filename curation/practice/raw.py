"""Raw texts: what stands after the header of a role is what the one in that role says next.

A text that ends where the user is to speak is continued with an instruction (which is what Magpie is about), one that
ends where the assistant is to speak with the answer, one without roles as if it were an instruction itself.
"""

import re
from random import Random
from typing import cast

from pydantic import Field

from curation.practice.protocol import Chat, Said, tokens
from curation.practice.question import Question
from curation.practice.replies import reply
from curation.practice.tasks import task
from curation.prompts import Json

HEADER = re.compile(
    r"(?:<\|im_start\|>|<\|start_header_id\|>|<start_of_turn>|<\|)(?P<role>system|user|assistant|model)"
    r"(?:<\|im_sep\|>|<\|end_header_id\|>|\|>)?\s*|(?P<sign>\[/?INST\])\s*"
)
"""Of ChatML (Qwen), Llama 3, Gemma, Phi and Mistral."""
END = re.compile(r"<\|(?:im_end|eot_id|end|end_of_text|endoftext)\|>|<end_of_turn>|</s>")
SIGNS = {"[INST]": "user", "[/INST]": "assistant"}
UNFINISHED = 0.05
"""Share of instructions that end with a colon and nothing after it, as real ones do."""


class Raw(Chat):
    """A request for the end of a raw text."""

    messages: list[Said] = Field(default_factory=list)
    prompt: str = Field(min_length=1)
    max_tokens: int | None = Field(16, ge=1)

    def text(self, number: int) -> str:
        """What follows the text in the choice with this number."""
        luck = self.question(number).luck
        return continued(Question((("raw", self.prompt),), luck=luck).chance, self.prompt)

    @property
    def read(self) -> int:
        """The tokens that are read."""
        return tokens(self.prompt)

    def shaped(self, body: dict[str, Json]) -> dict[str, Json]:
        """With the texts of the choices in place of messages."""
        choices = cast(list[dict[str, Json]], body["choices"])
        return {**body, "object": "text_completion", "choices": [_plain(choice) for choice in choices]}


def continued(chance: Random, text: str) -> str:
    """What comes after a raw text."""
    spoken = turns(text)
    if not spoken:
        return reply(chance, text)
    role, _ = spoken[-1]
    if role != "user":
        asked = [said for speaker, said in spoken if speaker == "user"]
        return reply(chance, asked[-1] if asked else text)
    instruction = task(chance)
    return f"{instruction.rstrip('.?')}:" if chance.random() < UNFINISHED else instruction


def turns(text: str) -> list[tuple[str, str]]:
    """Who says what in a raw text.

    >>> turns("<|im_start|>user" + chr(10) + "Name a colour.<|im_end|>" + chr(10) + "<|im_start|>assistant" + chr(10))
    [('user', 'Name a colour.'), ('assistant', '')]
    """
    headers = list(HEADER.finditer(text))
    ends = [*(header.start() for header in headers[1:]), len(text)][: len(headers)]
    return [
        (header["role"] or SIGNS[header["sign"]], END.sub("", text[header.end() : end]).strip())
        for header, end in zip(headers, ends, strict=True)
    ]


def _plain(choice: dict[str, Json]) -> Json:
    message = cast(dict[str, Json], choice["message"])
    text = message["content"] if message["content"] is not None else message["refusal"]
    return {"index": choice["index"], "finish_reason": choice["finish_reason"], "text": text, "logprobs": None}
