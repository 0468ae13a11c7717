"""What is wrong with one message of a conversation that a model wrote."""

import re
from collections.abc import Sequence

from curation.generators.declining import declines
from curation.generators.fault import Fault, quoted
from curation.prompts import Reply
from curation.rouge import Pool, words
from curation.sample import Message

MOST_ALIKE = 0.8
"""ROUGE-L F1 with an earlier message of the same speaker, from which on it counts as the same again."""
MOST_ECHOED = 0.6
"""ROUGE-L F1 of a user's message with the answer before it, from which on it goes on where it should ask."""
_FEWEST = 6
"""Words of a message from which on likeness says something: two short answers may rightly be the same."""
_BOTH = re.compile(r"^\W{0,2}(?:assistant|ai)\W{0,2}:", re.IGNORECASE | re.MULTILINE)
_SERVING = re.compile(
    r"\A\W*(?:sure|certainly|absolutely|of course|here(?:'s| is| are)|great question|good question|you're welcome|"
    r"i hope (?:this|that) helps|i'd be happy to|let me (?:explain|clarify|know)|thank you for (?:asking|pointing))\b",
    re.IGNORECASE,
)


def user_fault(text: str, said: Sequence[Message]) -> Fault | None:
    """What is wrong with a user's message: nothing said, declined, an answer, both speakers, or said before.

    >>> user_fault("Sure! Bees dance to show the way.", [Message("user", "Why do bees dance?")]).rule
    'answers, not asks'
    """
    if not text:
        return Fault("empty turn", "the user's message was empty")
    if declines(text):
        return Fault("user declines", f"the model declined in the user's place: {quoted(text)}")
    if _BOTH.search(text):
        return Fault("both speakers", f"it speaks for the assistant too: {quoted(text)}")
    if _SERVING.search(text) and "?" not in text:
        return Fault("answers, not asks", f"the user's message speaks as an assistant: {quoted(text)}")
    echoed = _likeness(text, [one.content for one in said if one.role == "assistant"][-1:])
    if echoed > MOST_ECHOED:
        return Fault("answers, not asks", f"ROUGE-L {echoed:.2f} with the answer before (most {MOST_ECHOED:.2f})")
    return _repeated(text, said, "user")


def answer_fault(reply: Reply, said: Sequence[Message]) -> Fault | None:
    """What is wrong with an answer that came: the model declines, or says again what it said."""
    if declines(reply.text):
        return Fault("declines", f"the model declined: {quoted(reply.text)}")
    return _repeated(reply.text, said, "assistant")


def _repeated(text: str, said: Sequence[Message], role: str) -> Fault | None:
    alike = _likeness(text, [one.content for one in said if one.role == role])
    if alike <= MOST_ALIKE:
        return None
    return Fault("repeats itself", f"ROUGE-L {alike:.2f} with an earlier message (most {MOST_ALIKE:.2f})")


def _likeness(text: str, earlier: Sequence[str]) -> float:
    if len(words(text)) < _FEWEST:
        plain = " ".join(words(text))
        return float(any(plain == " ".join(words(one)) and len(words(one)) > 1 for one in earlier))
    return Pool(earlier).nearest([text], 1)[0].most
