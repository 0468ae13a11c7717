"""The templates themselves: our own words for asking about one row of a labelled table.

An instruction or input may name {options} (the classes of the table) and the columns of its task. `form` is the shape
of the answer, built by `curation.generators.templates.answers`: label, sentence, explanation or bullets.
"""

from dataclasses import dataclass
from typing import Literal

Task = Literal["sentiment", "nli", "qa", "topic", "summary"]
Form = Literal["label", "sentence", "explanation", "bullets"]


@dataclass(frozen=True)
class Template:
    """One way to ask.

    Args:
        form: the shape of the answer that the instruction asks for.
        instruction: the instruction, with columns in braces.
        input: the input, with columns in braces; empty where the instruction holds all.
    """

    form: Form
    instruction: str
    input: str = ""


PAIR = "Premise: {premise}\nHypothesis: {hypothesis}"

TEMPLATES: dict[Task, tuple[Template, ...]] = {
    "sentiment": (
        Template("label", "Classify the sentiment of the text. Answer with one of: {options}.", "{text}"),
        Template("label", "How does the writer feel about the subject? Reply with one word only.", "{text}"),
        Template("label", 'Which of these fits the text "{text}" best: {options}?'),
        Template("sentence", "Read the text and state its sentiment in a full sentence.", "{text}"),
        Template("sentence", "In one sentence, say whether this is {options}:\n\n{text}"),
        Template("explanation", "Decide which sentiment the text has, and quote the words that show it.", "{text}"),
        Template("explanation", "Is the following {options}? Point to the wording that gives it away.\n\n{text}"),
        Template("label", "Text: {text}\n\nLabel the sentiment of the text above. Possible labels: {options}."),
    ),
    "nli": (
        Template("label", "Does the premise support the hypothesis? Choose one of: {options}.", PAIR),
        Template("label", "Name the relation between the two statements in one word ({options}).", PAIR),
        Template("label", 'Suppose that "{premise}" Does it follow that "{hypothesis}"? Pick from {options}.'),
        Template("sentence", "State in a sentence how the hypothesis relates to the premise.", PAIR),
        Template(
            "sentence",
            "{premise}\n\nGiven this, what is the status of the claim below? Use a full sentence.",
            "{hypothesis}",
        ),
        Template("explanation", "Judge the hypothesis in the light of the premise, and explain your choice.", PAIR),
        Template("explanation", "Choose between {options} for this pair, and say what your choice means.", PAIR),
    ),
    "qa": (
        Template("label", "{question}"),
        Template("label", "Answer the question as briefly as you can.", "{question}"),
        Template("label", "Give a short answer, without a full sentence.", "Question: {question}"),
        Template("sentence", "Answer the question in a full sentence.", "{question}"),
        Template("sentence", 'Here is a question: {question}\n\nWrite one sentence that starts with "The answer".'),
        Template("label", "Use the passage to answer this: {question}", "{context}"),
        Template(
            "sentence",
            "Read the passage, then answer the question in a sentence.",
            "Passage: {context}\n\nQuestion: {question}",
        ),
        Template(
            "explanation",
            "Answer the question and quote the sentence of the passage that holds the answer.",
            "Passage: {context}\n\nQuestion: {question}",
        ),
        Template("explanation", "{context}\n\n{question} Show where the text above says so."),
    ),
    "topic": (
        Template("label", "Assign the text to one of these topics: {options}.", "{text}"),
        Template("label", "What is the text about? Answer with the topic alone.", "{text}"),
        Template("label", "Under which heading would you file this: {options}?\n\n{text}"),
        Template("sentence", "Say in a full sentence which topic the text belongs to.", "{text}"),
        Template("sentence", "{text}\n\nName the subject area of the text above in a sentence."),
        Template("sentence", "Sort the text into one of {options}, and answer in a sentence.", "{text}"),
        Template("label", "Text: {text}\nTopics: {options}\nTopic of the text:"),
    ),
    "summary": (
        Template("label", "Summarise the text.", "{text}"),
        Template("label", "Write a short version of the text that keeps its main points.", "{text}"),
        Template("label", "What are the main points of the following?\n\n{text}"),
        Template("sentence", 'Sum up the text. Start with "In short:".', "{text}"),
        Template("sentence", '{text}\n\nTell a busy reader what the text above says, beginning with "In short:".'),
        Template("bullets", "List the main points of the text, one bullet each.", "{text}"),
        Template("bullets", "Turn this into a bulleted summary:\n\n{text}"),
    ),
}
"""At least six phrasings and two forms of answer for each task."""

COLUMNS: dict[Task, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "sentiment": (("text", "label"), ()),
    "nli": (("premise", "hypothesis", "label"), ()),
    "qa": (("question", "answer"), ("context",)),
    "topic": (("text", "label"), ()),
    "summary": (("text", "summary"), ()),
}
"""The columns that each task needs, and those that it can use."""
