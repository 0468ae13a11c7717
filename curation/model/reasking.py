"""How a model is told that its JSON does not fit (F10)."""

from dataclasses import replace

from curation.errors import BadRow
from curation.model.structure import read_json
from curation.prompts import Prompt
from curation.sample import Message

ASK_AGAIN = "That is not the JSON that was asked for: {reason}. Answer again, with the corrected JSON alone."


def asked_again(prompt: Prompt, text: str) -> Prompt:
    """The prompt with the answer that does not fit and what is wrong with it: another prompt, with another key."""
    try:
        read_json(text, prompt.schema)
        reason = ""
    except BadRow as error:
        reason = error.reason
    said = Message("assistant", text), Message("user", ASK_AGAIN.format(reason=reason))
    return replace(prompt, messages=(*prompt.messages, *said))
