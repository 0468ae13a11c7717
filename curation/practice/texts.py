"""The texts that the practice model puts into fields of JSON, by the field's name.

Within one object a field sees those before it, so that an output follows its input and a label its instruction.
"""

import re
from collections.abc import Callable, Mapping
from random import Random

from curation.practice.polishing import polished
from curation.practice.question import FENCED, Question, is_classification
from curation.practice.quoting import quoted
from curation.practice.replies import REFUSAL, given_text, keywords, label, needs_input, passage, reason, reply
from curation.practice.rewriting import adapted, request_for, reworded, translated
from curation.practice.tasks import harder, task
from curation.practice.word_order import tail_first
from curation.practice.words import PEOPLE, TOPICS
from curation.prompts import Json

Made = Mapping[str, Json]
"""The fields of the same object that stand already."""
MakesText = Callable[[Question, Made], str]
DECLINING = re.compile(r"\bit declines to\b", re.IGNORECASE)
"""How an answer is described that is to be a refusal."""
FLAWED = 0.03
"""Share of outputs with a flaw that the filters of instances look for."""


def about(question: Question, made: Made) -> str:
    """The instruction that a field belongs to: one in the same object, else the question's."""
    given = next((made[name] for name in ("instruction", "task", "question") if name in made), question.subject)
    return str(given)


def _task(question: Question, _: Made) -> str:
    return task(question.chance, earlier(question))


def _paraphrased(question: Question, _: Made) -> str:
    said = reworded(question.chance, question.subject)
    return tail_first(said) if question.chance.random() < 0.8 else said


def _rewritten(question: Question, _: Made) -> str:
    return reworded(question.chance, question.subject)


def _adapted(mark: str) -> MakesText:
    """Makes the new text of what stands between marks of this name; empty where nothing does."""

    def make(question: Question, _: Made) -> str:
        old = _marked(question, mark)
        return adapted(question.chance, old, question.text) if old else ""

    return make


def _kept(mark: str) -> MakesText:
    """Gives back what stands between marks of this name; empty where nothing does."""

    def make(question: Question, _: Made) -> str:
        return _marked(question, mark)

    return make


def _marked(question: Question, mark: str) -> str:
    return next((text for name, text in FENCED.findall(question.text) if name.startswith(f"{mark} ")), "")


def _repaired(question: Question, _: Made) -> str:
    return polished(question.chance, _marked(question, "answer"))


def _request(question: Question, _: Made) -> str:
    return request_for(question.chance, keywords(question.subject))


def _translated(question: Question, _: Made) -> str:
    return translated(question.chance, question.subject, question.text)


def _harder(question: Question, _: Made) -> str:
    return harder(question.chance, question.subject)


def _polished(question: Question, _: Made) -> str:
    return polished(question.chance, question.subject)


def _input(question: Question, made: Made) -> str:
    instruction = about(question, made)
    if not needs_input(instruction) and not is_classification(instruction) and question.chance.random() < 0.8:
        return ""
    return given_text(question.chance, instruction)


def _output(question: Question, made: Made) -> str:
    instruction, given = about(question, made), str(made.get("input", ""))
    throw = question.chance.random()
    if from_sources := quoted(question, made):
        return from_sources
    if DECLINING.search(question.text):
        return REFUSAL
    if throw < FLAWED:
        return _flawed(question.chance, instruction, given)
    return reply(question.chance, instruction, given)


def _flawed(chance: Random, instruction: str, given: str) -> str:
    return chance.choice((given, "", "Here is what you asked for:", instruction))


def _label(question: Question, made: Made) -> str:
    return label(question.chance, about(question, made))


def _reason(question: Question, _: Made) -> str:
    return reason(question.chance, question.subject)


def _title(question: Question, made: Made) -> str:
    return " ".join(keywords(about(question, made))[:4]).capitalize()


def _topic(question: Question, made: Made) -> str:
    """Any topic where a gap is to be filled, else the question's."""
    return question.chance.choice(TOPICS) if "{" in question.subject else _title(question, made)


def _audience(question: Question, _: Made) -> str:
    return question.chance.choice(PEOPLE)


def _tag(question: Question, _: Made) -> str:
    if question.chance.random() < 0.3:
        return question.subject.split()[0].strip(".,:;!?").lower() if question.subject else "practice"
    return question.chance.choice(keywords(question.subject)).lower()


def _requirement(question: Question, _: Made) -> str:
    topic = question.chance.choice(keywords(question.subject))
    forms = ("It does what is asked.", f"It is about {topic}.", "It is as long as asked.", "It has the form asked for.")
    return question.chance.choice(forms)


def sentence(question: Question, _: Made) -> str:
    """A sentence on the topic, for a field whose name says nothing."""
    return passage(question.chance, question.subject, 1)


def _language(question: Question, _: Made) -> str:
    return question.chance.choice(("English", "English", "English", "German", "French"))


def earlier(question: Question) -> list[str]:
    """The instructions that a question lists, one a line with a number before it."""
    lines = (line.strip().lstrip("#*->").strip() for line in question.text.splitlines())
    parts = [line.partition(":")[2] if line.lower().startswith("task") else line.partition(".")[2] for line in lines]
    return [part.strip().removeprefix("Instruction:").strip() for part in parts if len(part.split()) > 3]


TEXTS: Mapping[str, MakesText] = {
    "instruction": _task,
    "task": _task,
    "question": _task,
    "prompt": _task,
    "followup": _task,
    "paraphrase": _paraphrased,
    "rewrite": _rewritten,
    "translation": _translated,
    "request": _request,
    "adapted_instruction": _adapted("instruction"),
    "adapted_input": _adapted("input"),
    "adapted_output": _adapted("answer"),
    "repaired_instruction": _kept("instruction"),
    "repaired_input": _kept("input"),
    "repaired_answer": _repaired,
    "rewritten_prompt": _harder,
    "input": _input,
    "context": _input,
    "output": _output,
    "answer": _output,
    "response": _output,
    "completion": _output,
    "refined_answer": _polished,
    "label": _label,
    "class": _label,
    "category": _label,
    "reason": _reason,
    "rationale": _reason,
    "explanation": _reason,
    "critique": _reason,
    "feedback": _reason,
    "difference": _reason,
    "change": _reason,
    "title": _title,
    "name": _title,
    "topic": _topic,
    "audience": _audience,
    "requirement": _requirement,
    "tag": _tag,
    "keyword": _tag,
    "language": _language,
}
