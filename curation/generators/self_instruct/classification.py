"""Asks whether an instruction is a classification task, by examples of both kinds.

Self-Instruct asks the same with 12 and 19 examples (yizhongw/self-instruct, templates/clf_task_template.py); these are
our own.
"""

import json

from curation.prompts import Prompt
from curation.sample import Message

_YES = (
    "Decide whether the review recommends the restaurant.",
    "Is the sentence grammatical? Answer yes or no.",
    "Sort the support ticket into billing, delivery or technical.",
    "Tell which of the four seasons the poem is about.",
    "Which language is this sentence written in?",
    "Does the second paragraph contradict the first?",
    "Label the email as urgent or not urgent.",
    "Name the part of speech of the underlined word.",
    "Given a headline, say whether it belongs to sport, politics or culture.",
    "Rate the politeness of the message from 1 to 3.",
    "Choose the option that completes the proverb: a, b or c.",
    "True or false: the number is divisible by seven.",
)
_NO = (
    "Write a farewell card for a colleague who moves abroad.",
    "Summarise the article in two sentences.",
    "Explain why the sky is dark at night.",
    "Translate the sentence into Portuguese.",
    "Plan three dinners that use up a cabbage.",
    "Rewrite the paragraph so that a child understands it.",
    "List the cities that the text mentions.",
    "Solve the equation and show each step.",
    "Think of a name for a bicycle repair shop.",
    "Write a function that reverses a linked list.",
    "Compare two ways of storing apples over winter.",
    "Continue the story with one more scene.",
    "Turn the notes into a table.",
    "Give five tips for a first job interview.",
    "Answer the question with the help of the passage.",
    "Correct the spelling in the letter.",
    "Describe the taste of a lemon to someone who has never had one.",
    "Compose a dialogue between a baker and a miller.",
    "Find a rhyme for each word.",
)
_QUESTION = """\
A classification task is one whose answer is chosen from a small, fixed set of labels. Say of the last task whether it \
is a classification task.

{examples}

Task: {instruction}"""
_ANSWER_TOKENS = 64
_SCHEMA = json.dumps(
    {
        "type": "object",
        "properties": {"classification": {"type": "boolean"}},
        "required": ["classification"],
        "additionalProperties": False,
    }
)


def classification_prompt(instruction: str) -> Prompt:
    """The question; its answer is `{"classification": true}` or false."""
    said = [(task, json.dumps({"classification": task in _YES})) for task in _mixed()]
    examples = "\n\n".join(f"Task: {task}\nAnswer: {answer}" for task, answer in said)
    text = _QUESTION.format(examples=examples, instruction=instruction)
    return Prompt((Message("user", text),), temperature=0.0, max_tokens=_ANSWER_TOKENS, schema=_SCHEMA)


def _mixed() -> list[str]:
    """Both kinds in turn, so that neither is the last word on the matter."""
    pairs = [task for pair in zip(_YES, _NO, strict=False) for task in pair]
    return pairs + list(_NO[len(_YES) :])
