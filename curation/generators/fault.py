"""Why something that a model made is not taken."""

from typing import NamedTuple

from curation.prompts import Problem, Reply

_SHOWN = 160
_ENDED: dict[Problem, str] = {
    "refused": "the model refused",
    "filtered": "the endpoint's content filter held the answer back",
    "truncated": "the answer was cut off at its longest length",
    "empty": "the answer was empty",
    "malformed": "the answer was not in the form that was asked for",
    "too large": "the question was too long for the model",
    "rejected": "the endpoint did not take the question",
    "server": "the endpoint failed, also when asked again",
    "rate limit": "the endpoint had no room, also when asked again",
    "timeout": "no answer came in time",
    "unreachable": "the endpoint could not be reached",
    "redirect": "the endpoint pointed to another address",
    "unknown": "the question was sent and nothing came back",
}


class Fault(NamedTuple):
    """What drops something, and the same with its facts: `rule` and `reason` of a candidate."""

    rule: str
    reason: str


def no_answer(reply: Reply) -> Fault:
    """The fault of a reply that cannot be used.

    >>> no_answer(Reply("0a", problem="refused", text="I cannot help with that."))
    Fault(rule='no answer: refused', reason='the model refused: "I cannot help with that."')
    """
    said = f": {quoted(reply.text)}" if reply.text else ""
    return Fault(f"no answer: {reply.problem}", _ENDED.get(reply.problem, "no answer came") + said)


def quoted(text: str) -> str:
    """The start of a text in quotation marks, on one line.

    >>> quoted("Name a" + chr(10) + "colour.")
    '"Name a colour."'
    """
    line = " ".join(text.split())
    return f'"{line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"}"'
