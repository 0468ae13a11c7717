"""From a new instruction to its instances: is it classification, then labels first or inputs first."""

from dataclasses import dataclass, replace
from typing import cast

from curation.generators.fault import Fault, no_answer
from curation.generators.rounds import Made
from curation.generators.self_instruct.classification import classification_prompt
from curation.generators.self_instruct.instance_filters import Instance, faults
from curation.generators.self_instruct.instances import instances_prompt, read_instances
from curation.generators.self_instruct.proposals import CUT_OFF
from curation.prompts import Chain, Reply

NO_INSTANCES = Fault("no instances", "the model gave an empty list of inputs and outputs")


@dataclass(frozen=True)
class Answering:
    """How instances are asked for.

    Args:
        detect_classification: whether to ask first if it is classification.
        most: instances of one instruction at most.
        max_tokens: the longest answer with instances.
    """

    detect_classification: bool
    most: int
    max_tokens: int


@dataclass(frozen=True)
class Answered:
    """What came of one instruction.

    Args:
        reply: the last reply: the instances, or what kept them from being asked for.
        category: `classification`, `generation`, or empty where it was not asked or not answered.
        has_instances: whether the reply is to the question for instances.
    """

    reply: Reply
    category: str = ""
    has_instances: bool = True


def answer(instruction: str, how: Answering) -> Chain[Answered]:
    """Ask for the kind of a task where wanted, then for its instances."""
    category = ""
    if how.detect_classification:
        reply = yield classification_prompt(instruction)
        if reply.problem:
            return Answered(reply, has_instances=False)
        category = "classification" if cast(dict[str, bool], reply.data)["classification"] else "generation"
    labels_first = category == "classification"
    reply = yield instances_prompt(instruction, labels_first, how.most, how.max_tokens)
    return Answered(reply, category)


def read_answered(made: Made, answered: Answered, most: int) -> list[Made]:
    """The instances of an instruction, kept and dropped, in order; one dropped thing without output for none."""
    made = replace(made, category=answered.category)
    reply = answered.reply
    if not answered.has_instances or reply.problem not in {"", "truncated"}:
        return [replace(made, fault=no_answer(reply))]
    instances = read_instances(reply)
    found = faults(made.sample.instruction, instances, most)
    read = [
        _instance(made, number, one, fault) for number, (one, fault) in enumerate(zip(instances, found, strict=True), 1)
    ]
    if reply.problem:
        read.append(_instance(made, len(read) + 1, Instance("", ""), CUT_OFF))
    return read or [replace(made, fault=NO_INSTANCES)]


def _instance(made: Made, number: int, instance: Instance, fault: Fault | None) -> Made:
    sample = replace(made.sample, input=instance.input, output=instance.output)
    return replace(made, sample=sample, part=f"{made.part}, instance {number}", fault=fault)
