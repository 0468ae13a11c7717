"""Which instances (input and output) of an instruction Self-Instruct throws away.

The rules are those of yizhongw/self-instruct (prepare_for_finetuning.py), and one of ours: an answer must not be the
instruction.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from curation.generators.fault import Fault, quoted


class Instance(NamedTuple):
    """One input with its output, both without outer white space."""

    input: str
    output: str


_INVALID: tuple[tuple[Callable[[str, Instance], bool], Fault], ...] = (
    (lambda _, one: not one.output, Fault("empty output", "there is no output")),
    (lambda _, one: one.input == one.output, Fault("input is output", "input and output are the same text")),
    (lambda asked, one: one.output == asked, Fault("output is instruction", "the output repeats the instruction")),
    (lambda _, one: one.output.endswith(":"), Fault("unfinished", 'the output ends with ":"')),
    (lambda _, one: one.input.endswith(":"), Fault("unfinished", 'the input ends with ":"')),
)


def faults(instruction: str, instances: Sequence[Instance], most: int) -> list[Fault | None]:
    """What is wrong with each instance of one instruction, None where nothing is.

    Where one input (not an empty one) has differing outputs, none of the instruction's instances can be trusted: all
    are dropped, as published.
    """
    found = [invalid(instruction, one) for one in instances]
    valid = [one for one, fault in zip(instances, found, strict=True) if fault is None]
    conflict = _conflict(valid)
    if conflict:
        return [fault or conflict for fault in found]
    return list(_extra(instances, found, most))


def invalid(instruction: str, instance: Instance) -> Fault | None:
    """The first rule that an instance breaks by itself; None for none."""
    return next((fault for breaks, fault in _INVALID if breaks(instruction, instance)), None)


def _conflict(instances: Sequence[Instance]) -> Fault | None:
    first: dict[str, str] = {}
    for given, output in instances:
        if given and first.setdefault(given, output) != output:
            reason = f"the input {quoted(given)} has the outputs {quoted(first[given])} and {quoted(output)}"
            return Fault("conflicting outputs", reason)
    return None


def _extra(instances: Sequence[Instance], found: Sequence[Fault | None], most: int) -> Iterator[Fault | None]:
    seen: set[Instance] = set()
    for one, fault in zip(instances, found, strict=True):
        if fault:
            yield fault
        elif one in seen:
            yield Fault("repeated instance", "the same input and output came before")
        elif len(seen) == most:
            yield Fault("too many instances", f"{most} are kept for one instruction")
        else:
            seen.add(one)
            yield None
