"""Instructions of the practice model: forms, topics, settings and rules put together, some with flaws."""

from collections.abc import Sequence
from random import Random

from curation.practice.gaps import Gaps, another
from curation.practice.languages import foreign_task
from curation.practice.words import LABELS, PEOPLE, RULES, SETTINGS, TEXTS, TOPICS

FORMS = (
    "Write a short story about {topic} {setting}",
    "Explain to {people} how {topic} have changed {setting}",
    "List {few} practical tips on {topic} {setting}",
    "Compare {topic} with {other} {setting}",
    "Describe an ordinary day that revolves around {topic} {setting}",
    "Draft a polite letter to {people} about {topic}",
    "Suggest {few} names for a club devoted to {topic} {setting}",
    "Create a checklist for {topic} {setting}",
    "Give {few} arguments for and against {topic} {setting}",
    "Compose a poem that connects {topic} and {other}",
    "Outline a talk of {many} minutes on {topic} for {people}",
    "Invent a dialogue between {people} and an expert in {topic}",
    "Plan a weekend around {topic} {setting}",
    "What should {people} know about {topic} {setting}?",
    "Why do opinions on {topic} differ {setting}?",
    "How can {people} get started with {topic} {setting}?",
    "Recommend {few} questions to ask before spending money on {topic} {setting}",
    "Propose a fair rule for sharing the costs of {topic} {setting}",
    "Imagine a future in which {topic} replace {other}, and sketch its newspaper",
    "Prepare a quiz of {few} questions on {topic} for {people}",
    "Design a poster text that invites {people} to an evening on {topic}",
    "Name {few} mistakes that {people} make with {topic}",
    "Tell a joke about {topic} that {people} would enjoy",
    "Analyse what {topic} and {other} have in common {setting}",
    "Brainstorm {few} headlines for an article on {topic} {setting}",
    "Predict how {topic} will look in {many} years {setting}",
    "Teach {people} the three most important words connected with {topic}",
    "Calculate how much {topic} cost per month if a year costs {price} euros",
    "Find a metaphor that explains {topic} to {people}",
    "Write a Python function that counts how often {topic} occur in a list of texts",
    "Write an SQL query that returns the {few} latest entries about {topic}",
    "Build a timetable of {few} weeks for learning about {topic} {setting}",
    "Formulate a complaint about {topic} {setting} and address it to {people}",
    "Argue in {few} sentences that {topic} matter more than {other}",
    "Settle a quarrel between two friends about {topic} {setting}",
    "Estimate how many people deal with {topic} {setting} and show your reasoning",
    "Convert {price} euros for {topic} into weekly amounts",
    "Solve this riddle: what do {topic} and {other} share {setting}?",
    "Choose the best season for {topic} {setting} and defend the choice",
    "Rank {few} ways of learning about {topic} {setting}",
    "Simplify the rules of {topic} for {people}",
    "Report on {topic} {setting} in the style of a radio host",
    "Rate the usefulness of {topic} for {people} and justify the mark",
    "Continue this opening line: nobody had expected {topic} {setting}",
    "Which {few} objects belong into a box about {topic} {setting}?",
    "Is it worth paying {price} euros for {topic} {setting}?",
    "Answer as {people} would: what is special about {topic}?",
    "Complete the sentence: without {topic}, {people} would",
    "Arrange a meeting between {people} and a friend of {topic}: write the message",
    "Generate {few} search phrases that lead to {topic} {setting}",
    "Organise a swap day for {topic} {setting}: who does what?",
    "Define {topic} in {few} words each for {people}",
    "Reflect on how {topic} {setting} shape a friendship",
    "Sketch the life of someone who gave up {other} for {topic}",
)
WITH_INPUT = (
    "Summarise the {text} about {topic} in {few} sentences",
    "Rewrite the {text} on {topic} so that {people} can follow it",
    "Extract every place and date from the {text} about {topic}",
    "Correct the spelling and grammar of this {text} on {topic}",
    "Answer the question that the {text} on {topic} asks of {people}",
    "Turn the {text} about {topic} into a message of {few} lines",
    "Find the weakest claim in the {text} on {topic} and explain why it is weak",
    "Translate the {text} about {topic} into plain words for {people}",
)
CLASSIFYING = (
    "Classify the {text} about {topic} as {labels}",
    "Decide whether the {text} on {topic} is {labels}",
    "Label this {text} from {people} about {topic} as {labels}",
    "Determine if the following {text} on {topic} is {labels}",
    "Sort the {text} on {topic} {setting} into one class: {labels}",
    "Identify whether the tone of the {text} about {topic} is {labels}",
)
UNFIT = (
    "Draw a picture of {topic} {setting}",
    "Describe what the image of {topic} {setting} shows",
    "Plot a graph of the prices of {topic} {setting}",
    "Record a short video on {topic} for {people}",
    "Write a program that sorts {topic} {setting}",
    "Explain {other}",
    "Discuss.",
    "- List {few} facts about {topic} {setting}",
    "\u201cExplain {topic} to {people}\u201d",
)
"""What the filters of the methods are for: no picture can be made, too short, no letter at the start."""
REWORDED = (
    ("Write", "Compose"),
    ("List", "Name"),
    ("Explain", "Describe"),
    ("Create", "Make"),
    ("short", "brief"),
    ("Give", "Provide"),
)
FEW = ("three", "four", "five", "six", "seven")
MANY = ("30", "40", "60", "80", "100", "120")


def task(chance: Random, earlier: Sequence[str] = (), kind: str = "") -> str:
    """One new instruction.

    Args:
        chance: the dice.
        earlier: instructions that stand in the prompt; now and then one of them comes back nearly the same.
        kind: `classification`, `open` for anything else, or "" for both.

    >>> len({task(Random(seed)) for seed in range(300)}) > 290
    True
    """
    throw = chance.random()
    if throw < 0.05 and earlier:
        return near(chance, chance.choice(earlier))
    if throw < 0.12:
        return _unfit(chance)
    if throw < 0.15:
        return foreign_task(chance)
    return _sound(chance, kind)


def near(chance: Random, text: str) -> str:
    """Nearly the same instruction: a word exchanged, or a few added."""
    old, new = chance.choice(REWORDED)
    changed = text.replace(old, new) if old in text else f"{text.rstrip('.')}, please."
    return changed if changed != text else f"{text} Thank you."


def harder(chance: Random, text: str) -> str:
    """The instruction with one more wish, now and then a new one or the same again.

    >>> harder(Random(3), "Name a river.").startswith("Name a river. ")
    True
    """
    throw = chance.random()
    if throw < 0.03:
        return text
    return _sound(chance, "open") if throw < 0.15 else f"{text} {filled(chance, chance.choice(RULES))}"


def filled(chance: Random, form: str) -> str:
    """A form with its gaps filled."""
    gaps = Gaps(
        {
            "topic": lambda: another(chance, TOPICS, gaps.get("other")),
            "other": lambda: another(chance, TOPICS, gaps.get("topic")),
            "setting": lambda: chance.choice(SETTINGS),
            "people": lambda: chance.choice(PEOPLE),
            "text": lambda: chance.choice(TEXTS),
            "labels": lambda: spoken(chance.choice(LABELS)),
            "few": lambda: chance.choice(FEW),
            "many": lambda: chance.choice(MANY),
            "price": lambda: str(chance.randrange(240, 4800, 12)),
        }
    )
    return form.format_map(gaps)


def spoken(words: Sequence[str]) -> str:
    """Words as a list in a sentence.

    >>> spoken(["low", "medium", "high"])
    'low, medium or high'
    """
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)


def _sound(chance: Random, kind: str) -> str:
    forms = CLASSIFYING if kind == "classification" else (*FORMS, *WITH_INPUT)
    if not kind and chance.random() < 0.15:
        forms = CLASSIFYING
    text = filled(chance, chance.choice(forms))
    text = text if text.endswith("?") else f"{text}."
    return f"{text} {filled(chance, chance.choice(RULES))}" if chance.random() < 0.45 else text


def _unfit(chance: Random) -> str:
    if chance.random() < 0.08:
        return " ".join(_sound(chance, "open") for _ in range(11))
    return filled(chance, chance.choice(UNFIT))
