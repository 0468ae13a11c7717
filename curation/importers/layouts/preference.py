"""Pairs of a better and a worse answer (DPO)."""

from collections.abc import Sequence
from typing import ClassVar

from curation.errors import BadRow
from curation.importers.fields import has_list, items, question, required, text
from curation.importers.layouts.preference_messages import answer_in, asked_in, split_pair
from curation.importers.turns import conversation, from_history, last_answer
from curation.methods import Layout, Row
from curation.sample import Sample

PAIRS = (
    ("chosen", "rejected"),
    ("chosen_response", "rejected_response"),
    ("preferred_output", "non_preferred_output"),
)
ASKS = ("instruction", "prompt", "question")


class Preference(Layout):
    """Preference pairs: a chosen and a rejected answer (TRL, OpenAI, LLaMA-Factory, Axolotl, AlpacaEval).

    >>> row = {"prompt": "Name a colour.", "chosen": "Red", "rejected": "Seven"}
    >>> [(sample.output, sample.rejected) for sample in Preference()(row)]
    [('Red', 'Seven')]
    """

    name: ClassVar[str] = "preference_dpo"

    def recognises(self, row: Row) -> bool:
        """By two answers and which is better."""
        return any(set(pair) <= row.keys() for pair in PAIRS) or is_ranked_list(row) or is_judged(row)

    def __call__(self, row: Row) -> Sequence[Sample]:
        """One sample; equal answers are refused, for nothing can be learnt from them."""
        sample = read(row)
        answer = sample.followups[-1].content if sample.followups else sample.output
        if answer == sample.rejected:
            raise BadRow("the chosen and the rejected answer are the same")
        return [sample]


def is_ranked_list(row: Row) -> bool:
    """Older LLaMA-Factory files: the output is a list, better answer first."""
    return "instruction" in row and has_list(row, "output")


def is_judged(row: Row) -> bool:
    """AlpacaEval: two outputs and the number of the better one."""
    return {"instruction", "output_1", "output_2", "preference"} <= row.keys()


def read(row: Row) -> Sample:
    """One row of any of the shapes."""
    if is_judged(row):
        return judged(row)
    if is_ranked_list(row):
        answers = items(row, "output")
        if len(answers) != 2:
            raise BadRow(f'"output" holds {len(answers)} answers, not a better and a worse one')
        return asked_with(row, answer_in(answers[0], "output"), answer_in(answers[1], "output"))
    pair = next((pair for pair in PAIRS if pair[0] in row), PAIRS[0])
    return paired(row, *pair)


def judged(row: Row) -> Sample:
    """Two outputs and a preference of 1 or 2."""
    first, second = required(row, "output_1"), required(row, "output_2")
    preference = row["preference"]
    if preference not in (1, 2, "1", "2"):
        raise BadRow(f'"preference" is {preference!r}, not 1 or 2: neither answer is better')
    return asked_with(row, first, second) if preference in (1, "1") else asked_with(row, second, first)


def paired(row: Row, better: str, worse: str) -> Sample:
    """Two named answers, each a text, a message or messages."""
    for field in (better, worse):
        if row.get(field) is None:
            raise BadRow(f'"{field}" is missing')
    before = asked_in(row)
    if has_list(row, better) and has_list(row, worse):
        before, chosen, rejected = split_pair(before, items(row, better), items(row, worse))
    else:
        chosen, rejected = answer_in(row[better], better), answer_in(row[worse], worse)
    if before:
        return last_answer(conversation(before, text(row, "system")), chosen, rejected)
    return asked_with(row, chosen, rejected)


def asked_with(row: Row, chosen: str, rejected: str) -> Sample:
    """The question in text fields of the row, with both answers."""
    field = next((ask for ask in ASKS if ask in row), "")
    if not field:
        return shared_prefix(chosen, rejected)
    given = "" if isinstance(row.get("input"), dict) else text(row, "input")
    asked, system = question(row, field), text(row, "system")
    if not row.get("history"):
        return Sample(asked, given, chosen, system, rejected=rejected)
    spoken = from_history(row, f"{asked}\n\n{given}" if given else asked)
    return last_answer(conversation(spoken, system), chosen, rejected)


def shared_prefix(chosen: str, rejected: str) -> Sample:
    """TRL's implicit form: the question is what both texts start with, up to a white space."""
    shorter = min(len(chosen), len(rejected))
    same = next((at for at in range(shorter) if chosen[at] != rejected[at]), shorter)
    while same and not chosen[same - 1].isspace():
        same -= 1
    if not chosen[:same].strip():
        raise BadRow("there is no prompt, and the two answers do not start with the same words")
    return Sample(chosen[:same].rstrip(), output=chosen[same:], rejected=rejected[same:])
