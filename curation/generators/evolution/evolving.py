"""From a sample to the one that evolves from it: a harder prompt, the question what it gained, its answer."""

from dataclasses import dataclass

from curation.generators.evolution.eliminations import gain_prompt, no_gain, unusable, unusable_answer
from curation.generators.evolution.operators import Sampling, evolution_prompt, read_evolved
from curation.generators.fault import Fault, no_answer
from curation.prompts import Chain, Prompt, Reply
from curation.sample import Message, Sample


@dataclass(frozen=True)
class Step:
    """One evolution to try.

    Args:
        sample: what evolves: its instruction and input together; its system message stays.
        operator: how.
        place: where in the run, in words; unique.
    """

    sample: Sample
    operator: str
    place: str


@dataclass(frozen=True)
class Evolved:
    """What came of it.

    Args:
        sample: as far as it came.
        reply: the last one that it took.
        fault: what eliminates it, None where it survives.
    """

    sample: Sample
    reply: Reply
    fault: Fault | None


def evolve(step: Step, sampling: Sampling) -> Chain[Evolved]:
    """Evolve a prompt, judge it and have it answered; nothing more is asked of one that is eliminated."""
    before = step.sample.prompt
    reply = yield evolution_prompt(before, step.operator, sampling, step.place)
    prompt = "" if reply.problem else read_evolved(reply)
    sample = Sample(prompt, system=step.sample.system)
    fault = no_answer(reply) if reply.problem else unusable(before, prompt)
    if fault:
        return Evolved(sample, reply, fault)
    reply = yield gain_prompt(before, prompt)
    fault = no_gain(reply)
    if fault:
        return Evolved(sample, reply, fault)
    reply = yield answer_prompt(sample, sampling, step.place)
    return Evolved(Sample(prompt, output=reply.text, system=sample.system), reply, unusable_answer(reply))


def answer_prompt(sample: Sample, sampling: Sampling, place: str) -> Prompt:
    """The prompt of a sample as its own reader would ask it."""
    system = (Message("system", sample.system),) if sample.system else ()
    return sampling.prompt((*system, Message("user", sample.prompt)), f"{place}, answer")
