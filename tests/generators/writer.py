"""Answers every prompt of the methods in the right shape, with content drawn from the prompt's own hash."""

import hashlib
import json
import re
from random import Random

VERBS = ["Describe", "Compare", "Explain", "Summarise", "Invent", "Criticise", "Sort", "Defend", "Rewrite", "Estimate"]
NOUNS = ["lighthouse", "teapot", "glacier", "orchestra", "bicycle", "library", "harbour", "pumpkin", "comet", "violin"]
REST = ["for a child", "in one line", "with two examples", "like a lawyer", "before dawn", "without adjectives"]


def instruction(random):
    some = random.sample(NOUNS, 3)
    return f"{random.choice(VERBS)} the {some[0]}, the {some[1]} and a {some[2]} {random.choice(REST)}."


def of_schema(schema, random):
    """A value of the types that a JSON Schema names, within its bounds."""
    kind = schema.get("type")
    if "enum" in schema:
        return random.choice(schema["enum"])
    if kind == "object":
        return {name: of_schema(field, random) for name, field in schema["properties"].items()}
    if kind == "array":
        return [of_schema(schema["items"], random) for _ in range(max(2, schema.get("minItems", 0)))]
    if kind in {"integer", "number"}:
        return random.randint(schema.get("minimum", 0), schema.get("maximum", 10))
    return random.random() < 0.5 if kind == "boolean" else instruction(random)


def write(prompt):
    """An answer for whatever is asked."""
    random = Random(hashlib.sha256(repr((prompt.messages, prompt.slot)).encode()).hexdigest())
    if prompt.complete:
        return instruction(random)
    return of_schema_or_text(prompt, random)


def of_schema_or_text(prompt, random):
    if '"classification"' in prompt.schema:
        return {"classification": random.random() < 0.3}
    if '"instances"' in prompt.schema:
        given = [{"input": f"case {random.randrange(99)}", "output": f"answer {random.randrange(99)}"} for _ in "ab"]
        return {"instances": given}
    if prompt.schema:
        return of_schema(json.loads(prompt.schema), random)
    text = prompt.messages[-1].content
    span = re.search(r"(?:numbered from|the numbers) (\d+) to (\d+)", text)
    if not span:
        return f"Answer {random.randrange(1000)}"
    numbers = range(int(span[1]), int(span[2]) + 1)
    if "Instruction:" in text:
        return "\n###\n".join(
            f"{n}. Instruction: {instruction(random)}\n{n}. Input:\n<noinput>\n{n}. Output:\nDone {n}." for n in numbers
        )
    return "\n".join(f"Task {n}: {instruction(random)}" for n in numbers)
