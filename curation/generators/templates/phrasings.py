"""The templates themselves: our own words for asking about one row of a labelled table.

An instruction or input may name {options} (the classes of the table) and the columns of its task. `form` is the shape
of the answer, built by `curation.generators.templates.answers`.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from curation.generators.templates.slots import slots

Task = Literal["sentiment", "nli", "qa", "topic", "summary", "paraphrase", "same meaning", "extraction", "translation"]
Form = Literal["label", "sentence", "explanation", "bullets", "json", "reverse"]
OPTIONS = "options"
"""The gap for the classes of the table."""


@dataclass(frozen=True)
class Template:
    """One way to ask.

    Args:
        form: the shape of the answer that the instruction asks for.
        instruction: the instruction, with columns in braces.
        input: the input, with columns in braces; empty where the instruction holds all.
        output: the answer, with columns in braces, of a template that the reader wrote; empty for ours.
    """

    form: Form
    instruction: str
    input: str = ""
    output: str = ""

    @cached_property
    def columns(self) -> list[str]:
        """The gaps that it has, {options} among them."""
        return list(dict.fromkeys(slots(self.instruction) + slots(self.input) + slots(self.output)))


PAIR = "Premise: {premise}\nHypothesis: {hypothesis}"

SENTENCES = "Sentence 1: {text}\nSentence 2: {paraphrase}"

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
    "paraphrase": (
        Template("label", "Say the same in other words.", "{text}"),
        Template("label", "Rewrite the sentence so that it means the same but is worded differently.", "{text}"),
        Template("label", 'How else could one put this: "{text}"'),
        Template("label", "Paraphrase this:\n\n{text}"),
        Template("sentence", 'Reword the text. Introduce your version with "In other words:".', "{text}"),
        Template("sentence", '{text}\n\nPut the above differently, beginning with "In other words:".'),
        Template("reverse", "Give another wording of the sentence; keep its meaning.", "{paraphrase}"),
        Template("reverse", 'Find a different way to say "{paraphrase}"'),
    ),
    "same meaning": (
        Template("label", "Do the two sentences mean the same? Choose one of: {options}.", SENTENCES),
        Template("label", "Compare the meaning of the two sentences; answer with one of {options}.", SENTENCES),
        Template("label", 'Is "{paraphrase}" a paraphrase of "{text}"? Pick from {options}.'),
        Template("sentence", "Tell in a full sentence whether both sentences say the same.", SENTENCES),
        Template("sentence", "A: {text}\nB: {paraphrase}\n\nHow does the meaning of A compare with B? Use a sentence."),
        Template(
            "explanation", "Decide whether one sentence can stand for the other, and say what that means.", SENTENCES
        ),
        Template(
            "explanation", "{text}\n{paraphrase}\n\nAre these two alike in meaning? Justify your choice in a line."
        ),
    ),
    "extraction": (
        Template("label", "Extract the {field} from the text.", "{text}"),
        Template("label", "What is the {field}? Copy it from the text and add nothing.", "{text}"),
        Template("label", "Find the {field} in the following:\n\n{text}"),
        Template("label", "Text: {text}\n\nGive only the {field} that the text above states."),
        Template("sentence", "Read the text and state the {field} in a full sentence.", "{text}"),
        Template("sentence", "{text}\n\nWhich {field} is mentioned? Answer in a sentence."),
        Template("explanation", "Find the {field}, and quote the sentence in which it stands.", "{text}"),
        Template("explanation", "{text}\n\nGive the {field} together with the passage that shows it."),
        Template("json", 'Return the {field} as a JSON object with the key "{field}".', "{text}"),
    ),
    "translation": (
        Template("label", "Translate the text into {target_language}.", "{source}"),
        Template("label", "Translate from {source_language} into {target_language}.", "{source}"),
        Template("label", "How does one say this in {target_language}?\n\n{source}"),
        Template("label", 'Give the {target_language} for "{source}"'),
        Template(
            "sentence", "Translate into {target_language}, and say which language your version is in.", "{source}"
        ),
        Template(
            "sentence", "{source}\n\nWrite a sentence that gives the {target_language} version of the text above."
        ),
        Template("reverse", "Translate the text into {source_language}.", "{target}"),
        Template("reverse", "This is {target_language}. Put it into {source_language}:\n\n{target}"),
    ),
}
"""At least six phrasings and two forms of answer for each task."""

COLUMNS: dict[Task, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "sentiment": (("text", "label"), ()),
    "nli": (("premise", "hypothesis", "label"), ()),
    "qa": (("question", "answer"), ("context",)),
    "topic": (("text", "label"), ()),
    "summary": (("text", "summary"), ()),
    "paraphrase": (("text", "paraphrase"), ("label",)),
    "same meaning": (("text", "paraphrase", "label"), ()),
    "extraction": (("text", "field", "value"), ()),
    "translation": (("source", "target", "target_language"), ("source_language",)),
}
"""The columns that each task needs, and those that it can use."""
