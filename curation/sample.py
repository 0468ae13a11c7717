"""The records that travel through Sift. Frozen: a changed sample is a new sample that names its parent."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from json.encoder import encode_basestring_ascii as _quoted
from typing import Literal

Role = Literal["user", "assistant", "system", "tool"]
Action = Literal[
    "accept", "reject", "skip", "tag", "untag", "flag", "unflag", "rate", "reopen", "settle accept", "settle reject"
]
State = Literal["accepted", "kept", "dropped", "rejected"]

STATES: tuple[State, ...] = ("accepted", "kept", "dropped", "rejected")
"""accepted and rejected: a person said so; kept and dropped: no person did, and the recipe says so."""

RATINGS = ("1", "2", "3", "4", "5")
"""What a person can rate a sample with; more is better."""


@dataclass(frozen=True)
class Message:
    """One message after the first answer of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True)
class Sample:
    """One instruction with what belongs to it.

    Args:
        instruction: what is asked (the first user message).
        input: what it is asked about, empty where the instruction says it all.
        output: the answer (the first assistant message; the chosen one of a preference pair).
        system: the system message, empty where there is none.
        followups: the messages after the first answer, in order.
        rejected: the worse answer of a preference pair, empty where there is none.

    >>> Sample("Name a colour.", output="Red").id == Sample("Name a colour.", output="Red").id
    True
    >>> Sample("Name a colour.", output="Red").id == Sample("Name a colour.", output="Blue").id
    False
    """

    instruction: str
    input: str = ""
    output: str = ""
    system: str = ""
    followups: tuple[Message, ...] = ()
    rejected: str = ""

    @cached_property
    def id(self) -> str:
        """32 hexadecimal digits: the start of the SHA-256 of the text, so equal text has one id everywhere."""
        # as `json.dumps` writes the list of them, in half the time: every sample of an import and an export is hashed
        turns = json.dumps([[message.role, message.content] for message in self.followups]) if self.followups else "[]"
        system, instruction, given = _quoted(self.system), _quoted(self.instruction), _quoted(self.input)
        text = f"[{system}, {instruction}, {given}, {_quoted(self.output)}, {turns}, {_quoted(self.rejected)}]"
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    @property
    def prompt(self) -> str:
        """Instruction and input as one text, the way most trainers join them."""
        return f"{self.instruction}\n\n{self.input}" if self.input else self.instruction


@dataclass(frozen=True)
class Origin:
    """Where one occurrence of a sample came from. A sample seen twice has two origins.

    Args:
        method: the importer or generator by name, for example `alpaca` or `templates`.
        source: the file, table or model behind it, as shown to the reader.
        ref: the place in it, for example `line 41`; unique within one run.
        category: the task type that the source gives, empty where it gives none.
        licence: as stated by the source.
        model: the language model that wrote the text, empty for none.
        prompt_hash: what the model was asked, hashed.
        parents: ids of the samples that this one was made from.
    """

    method: str
    source: str
    ref: str
    category: str = ""
    licence: str = ""
    model: str = ""
    prompt_hash: str = ""
    parents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Collected:
    """A sample together with where it came from: what importers and generators give."""

    sample: Sample
    origin: Origin


@dataclass(frozen=True)
class Near:
    """An earlier text and how similar it is, 0 to 1."""

    text: str
    similarity: float


@dataclass(frozen=True)
class Candidate:
    """What a method made with a model, kept or not, and why.

    Args:
        sample: as far as it came; a dropped one may have no output.
        origin: its `ref` is unique in the run and the same when the run is repeated; its `prompt_hash` is the key of
            the request that gave the last part of it.
        rule: what dropped it in a few words, for example `too similar`; empty for one that is kept.
        reason: the same with its facts, for a reader: `ROUGE-L 0.83 with "Name a colour." (most 0.70)`.
        round: 1, 2, 3 … for methods that work in rounds.
        nearest: the most similar earlier instructions, most similar first, where the method looked for them.
        average: mean similarity to all earlier instructions, NaN where the method did not look.
    """

    sample: Sample
    origin: Origin
    rule: str = ""
    reason: str = ""
    round: int = 1
    nearest: tuple[Near, ...] = ()
    average: float = float("nan")


@dataclass(frozen=True)
class Seed:
    """One sample that a method starts from.

    Args:
        sample: the sample.
        human: whether people wrote it; false where a model did.
        category: its task type as its source states it, empty where it states none.
        classification: whether its source says that the answer is one of a few labels.
    """

    sample: Sample
    human: bool = True
    category: str = ""
    classification: bool = False


@dataclass(frozen=True)
class Score:
    """What a judge says of one sample on one criterion.

    Args:
        sample: the sample's id.
        criterion: for example `accuracy`; the name of a tag for judges that give tags.
        value: on the judge's scale; NaN where there is a problem.
        reason: the judge's own, given before the score.
        model: the model that judged.
        request: the key of the request behind it.
        order: what was shown first to a pairwise judge, `chosen` or `rejected`; empty where there is no order.
        problem: why there is no value, empty where there is one.
    """

    sample: str
    criterion: str
    value: float
    reason: str
    model: str
    request: str
    order: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Refusal:
    """A row that was not taken, with its place and the reason."""

    place: str
    reason: str


@dataclass(frozen=True)
class Decision:
    """What one person says about one sample or many: one step, which undo takes back whole.

    Args:
        action: accept, reject, skip; tag or untag; flag or unflag; rate; reopen to have samples asked again;
            settle accept or settle reject, which an expert says finally.
        reviewer: who says it.
        value: the tag for tag and untag, 1 to 5 for rate, else the reason (may be empty).
        event: an id made by the page for this very press; the same id twice is one event (N6).
    """

    action: Action
    reviewer: str
    value: str = ""
    event: str = ""


def text_hash(text: str) -> str:
    """32 hexadecimal digits that stand for a text; the key of a stored vector."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
