"""What a user can do next in a conversation, and how a model is asked to write it."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Literal

from curation.generators.fence import fenced
from curation.sample import Message

Move = Literal["clarify", "deepen", "correct", "change topic"]
MOVES: Mapping[Move, str] = {
    "clarify": "The user asks what something in the last answer means, or why it is so, and names it.",
    "deepen": "The user wants to go further on the same subject: a detail, an example, a consequence, a harder case.",
    "correct": "The user has noticed what is wrong, missing or not as wanted in the last answer and asks to put it "
    "right. The user claims no mistake that is not there: where nothing is wrong, the user changes a requirement.",
    "change topic": "The user turns to another question that the same person could have next, loosely linked at most.",
}
QUESTION = """\
Below is a conversation between a user and an assistant. Write the user's next message.

{move}

- Write as this user would: same language, same tone, one to three sentences, no thanks and no praise.
- The user asks, objects or wants something done, and never answers, explains or speaks for the assistant.
- It makes sense after what was said, can be answered in text alone, and repeats no earlier message.

{conversation}"""
SCHEMA = json.dumps(
    {
        "type": "object",
        "properties": {"followup": {"type": "string"}},
        "required": ["followup"],
        "additionalProperties": False,
    }
)
_SPEAKER = re.compile(r"\A\W{0,2}(?:user|human)\W{0,2}:\W{0,2}\s*", re.IGNORECASE)


def question(move: Move, said: Sequence[Message]) -> str:
    """What a model is asked for the user's next message."""
    transcript = "\n\n".join(f"{one.role.capitalize()}: {one.content}" for one in said)
    return QUESTION.format(move=MOVES[move], conversation=fenced("conversation", transcript))


def without_speaker(text: str) -> str:
    """The message without the name of its speaker before it.

    >>> without_speaker("User: And then?")
    'And then?'
    """
    return _SPEAKER.sub("", text.strip())
