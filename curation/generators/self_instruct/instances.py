"""Asks for the instances of an instruction, each an input with its output, and reads them.

As in Self-Instruct (yizhongw/self-instruct, templates/instance_gen_template.py): the input first, and for
classification the label first, because a model that thinks of an input first mostly thinks of the same label's. The
prompts are our own, and the answer is JSON whose fields come in that order.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Literal, cast

from curation.generators.schemas import records_schema
from curation.generators.self_instruct.instance_filters import Instance
from curation.prompts import Json, Prompt, Reply
from curation.sample import Message

Field = Literal["input", "output"]
_INPUT_FIRST = """\
Make up to {most} examples for the task below. For each, first write an input that the task could be about, with real \
content and no placeholder, then the output that carries the task out on that input, complete and correct. If the \
instruction says all that is needed, give a single example with an empty input. No two inputs may be the same. Write \
in the language of the task.

{examples}

Task: {instruction}"""
_OUTPUT_FIRST = """\
The task below is answered with one of a few labels. Make up to {most} examples for it, each for another label where \
there are enough. For each, first write the label as the output, then an input for which that label is right, with \
real content and no placeholder. If the instruction says all that is needed, leave the input empty. No two inputs may \
be the same. Write in the language of the task.

{examples}

Task: {instruction}"""
_SHOWN: dict[bool, tuple[tuple[str, tuple[Instance, ...]], ...]] = {
    False: (
        (
            "Shorten the sentence to at most six words.",
            (
                Instance("Owing to the heavy rain, the match was moved to Sunday.", "Rain moved the match to Sunday."),
                Instance("She opened the old window so that the room could air.", "She aired the room."),
            ),
        ),
        ("Suggest a title for a talk about bees in cities.", (Instance("", "Rooftop Honey: How Bees Move to Town"),)),
        ("How many minutes are there in the given number of hours?", (Instance("3.5 hours", "210 minutes"),)),
    ),
    True: (
        (
            "Does the customer praise or complain?",
            (
                Instance("The lid broke on the second day, and nobody answers my letters.", "complain"),
                Instance("I have rarely slept so well; thank you for the advice.", "praise"),
            ),
        ),
        (
            "Tell whether the animal is a bird, a fish or a mammal.",
            (Instance("dolphin", "mammal"), Instance("puffin", "bird"), Instance("herring", "fish")),
        ),
    ),
}
_PRESENCE = 1.5


def instances_prompt(instruction: str, labels_first: bool, most: int, max_tokens: int) -> Prompt:
    """The question; its answer is `{"instances": [{"input": …, "output": …}, …]}`.

    With labels first, the output comes before the input.

    Temperature 0 and presence penalty 1.5 are the published ones.
    """
    order: tuple[Field, Field] = ("output", "input") if labels_first else ("input", "output")
    examples = "\n\n".join(f"Task: {asked}\nAnswer: {_answer(shown, order)}" for asked, shown in _SHOWN[labels_first])
    template = _OUTPUT_FIRST if labels_first else _INPUT_FIRST
    text = template.format(most=most, examples=examples, instruction=instruction)
    return Prompt(
        (Message("user", text),),
        temperature=0.0,
        presence_penalty=_PRESENCE,
        max_tokens=max_tokens,
        schema=records_schema("instances", order),
    )


def read_instances(reply: Reply) -> list[Instance]:
    """The instances of a usable answer; of one that was cut off, those that are complete."""
    if reply.problem:
        return [_instance(one) for one in _complete(reply.text)]
    data = cast(dict[str, list[dict[str, Json]]], reply.data)
    return [_instance(one) for one in data["instances"]]


def _instance(given: dict[str, Json]) -> Instance:
    return Instance(str(given["input"]).strip(), str(given["output"]).strip())


def _complete(text: str) -> Iterator[dict[str, Json]]:
    """The whole objects of a list whose end is missing."""
    decoder, at = json.JSONDecoder(), text.find("[")
    while at >= 0 and (at := text.find("{", at)) >= 0:
        try:
            given, at = decoder.raw_decode(text, at)
        except ValueError:
            return
        if set(given) >= {"input", "output"}:
            yield given


def _answer(instances: Sequence[Instance], order: Sequence[Field]) -> str:
    return json.dumps({"instances": [{field: getattr(one, field) for field in order} for one in instances]})
