"""Reads new instructions out of a reply and judges them one by one, in order."""

from collections.abc import Iterator

from curation.generators.fault import Fault, no_answer, quoted
from curation.generators.rounds import WHOLE, Made
from curation.generators.self_instruct.instruction_list import read_list
from curation.generators.self_instruct.task_pool import Bounds, TaskPool
from curation.prompts import Reply
from curation.sample import Sample

CUT_OFF = Fault("cut off", "the answer reached its longest length in the middle of it")


def read_instructions(reply: Reply, tasks: TaskPool, bounds: Bounds) -> Iterator[Made]:
    """The instructions of one reply, kept and dropped; the pool knows each kept one before the next is judged.

    The last one of an answer that was cut off is dropped, the others stand.
    """
    if reply.problem not in {"", "truncated"}:
        yield Made(Sample(""), WHOLE, no_answer(reply))
        return
    listed = read_list(reply.text)
    if not listed:
        yield Made(Sample(""), WHOLE, no_tasks(reply))
    for number, instruction in enumerate(listed, start=1):
        part, sample = f"task {number}", Sample(instruction)
        if reply.problem and number == len(listed):
            yield Made(sample, part, CUT_OFF)
        else:
            fault, closeness = tasks.admit(instruction, bounds)
            yield Made(sample, part, fault, closeness=closeness)


def no_tasks(reply: Reply) -> Fault:
    """The fault of a reply in which no task is found."""
    if reply.problem:
        return no_answer(reply)
    return Fault("no tasks", f"the answer is not the list that was asked for: {quoted(reply.text)}")
