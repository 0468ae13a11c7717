"""What all judges share: samples that cannot be judged, one chain per sample, replies that say nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from curation.judges.injection import injection
from curation.prompts import Asking, Chain, Json, Model, Prompt, Reply
from curation.sample import Sample, Score

INJECTION = "injection"
"""The criterion that is 1 where the text seems to instruct its judge; every judge gives it beside its own."""
NO_ANSWER = "no answer to judge"
Lacks = Callable[[Sample], str]
"""Why a sample cannot be judged, "" where it can."""


@dataclass(frozen=True)
class Verdict:
    """One value with the reason that was given before it."""

    criterion: str
    value: float
    reason: str


def judge_each(
    samples: Sequence[Sample], model: Model, chain: Callable[[Sample], Chain[list[Score]]], lacks: Lacks, whole: str
) -> Iterator[Score]:
    """The scores of every sample in order; where something is lacking, nothing is asked and `whole` has a problem.

    Args:
        samples: what to judge.
        model: whom to ask.
        chain: asks about one sample and gives its scores.
        lacks: tells the samples that cannot be judged.
        whole: the criterion that stands for all of them.
    """
    asked = model.each(chain(sample) for sample in samples if not lacks(sample))
    for sample in samples:
        if lacks(sample):
            yield Score(sample.id, whole, float("nan"), "", "", "", problem=lacks(sample))
        else:
            yield from next(asked)


def no_lack(sample: Sample) -> str:
    """An instruction is all that is needed."""
    return "" if sample.prompt.strip() else "no instruction to judge"


def lacks_answer(sample: Sample) -> str:
    """An answer is needed."""
    return "" if sample.output.strip() else NO_ANSWER


def scored(sample: Sample, reply: Reply, verdicts: Sequence[Verdict], order: str = "") -> list[Score]:
    """The scores that a usable reply gave, and whether the sample seems to instruct its judge."""
    given = [Score(sample.id, one.criterion, one.value, one.reason, reply.model, reply.key, order) for one in verdicts]
    return [*given, _injection(sample, reply, order)]


def failed(sample: Sample, reply: Reply, criteria: Sequence[str], order: str = "") -> list[Score]:
    """No value on any criterion, because the reply cannot be used."""
    problem = f"no verdict: {reply.problem}"
    nothing = float("nan")
    rows = [Score(sample.id, name, nothing, "", reply.model, reply.key, order, problem) for name in criteria]
    return [*rows, _injection(sample, reply, order)]


def asking(what: str, samples: Sequence[Sample], prompt: Callable[[Sample], Prompt], answer_tokens: int) -> Asking:
    """What one question about each of these samples takes, measured on the first few."""
    first = samples[:20]
    characters = sum(len(message.content) for sample in first for message in prompt(sample).messages)
    most = prompt(first[0]).max_tokens if first else 1
    return Asking(what, float(len(samples)), characters // max(1, len(first)), min(answer_tokens, most), most)


def closed(fields: dict[str, Json]) -> dict[str, Json]:
    """The JSON Schema of an object with these fields, all of them and no other (T17)."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _injection(sample: Sample, reply: Reply, order: str) -> Score:
    phrase = injection(sample)
    reason = f"the text seems to instruct its judge: “{phrase}”" if phrase else ""
    return Score(sample.id, INJECTION, float(bool(phrase)), reason, reply.model, reply.key, order)
