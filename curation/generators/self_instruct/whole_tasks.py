"""Reads whole tasks out of a reply and judges them one by one, in order."""

from collections.abc import Iterator

from curation.generators.fault import Fault, no_answer
from curation.generators.rounds import WHOLE, Made
from curation.generators.self_instruct.instance_filters import Instance, invalid
from curation.generators.self_instruct.proposals import CUT_OFF, no_tasks
from curation.generators.self_instruct.task_list import Task, read_tasks
from curation.generators.self_instruct.task_pool import Bounds, TaskPool
from curation.prompts import Reply
from curation.sample import Sample

INCOMPLETE = Fault("incomplete", "its input and output cannot be told apart")


def read_whole_tasks(reply: Reply, tasks: TaskPool, bounds: Bounds) -> Iterator[Made]:
    """The tasks of one reply, kept and dropped; the pool knows each kept one before the next is judged."""
    if reply.problem not in {"", "truncated"}:
        yield Made(Sample(""), WHOLE, no_answer(reply))
        return
    listed = read_tasks(reply.text)
    if not listed:
        yield Made(Sample(""), WHOLE, no_tasks(reply))
    for number, task in enumerate(listed, start=1):
        is_cut = bool(reply.problem) and number == len(listed)
        sample, part = Sample(task.instruction, task.input, task.output or ""), f"task {number}"
        fault = CUT_OFF if is_cut else _unusable(task)
        made = Made(sample, part, fault) if fault else _judged(sample, part, tasks, bounds)
        if made.fault is None:
            tasks.keep(sample)
        yield made


def _unusable(task: Task) -> Fault | None:
    if task.output is None or not task.instruction:
        return INCOMPLETE
    return invalid(task.instruction, Instance(task.input, task.output))


def _judged(sample: Sample, part: str, tasks: TaskPool, bounds: Bounds) -> Made:
    fault, closeness = tasks.admit(sample.instruction, bounds)
    return Made(sample, part, fault, closeness=closeness)
