"""Self-Instruct: a model writes new instructions after the example of a pool, then their inputs and outputs.

Wang et al. 2023, https://arxiv.org/abs/2212.10560, and its code yizhongw/self-instruct, from which the numbers, the
filters and the order of the steps are taken. The prompts are our own words, for models that chat.
"""

from collections.abc import Iterator, Sequence
from random import Random
from typing import ClassVar

from pydantic import Field

from curation.generators.estimates import (
    INSTANCE_MARK,
    INSTANCES_EACH,
    KIND,
    LIST_MARK,
    asking,
    tokens,
    typical_of,
)
from curation.generators.rounds import Made, Plan, Request, candidate, once, rounds
from curation.generators.self_instruct.answering import Answering, answer, read_answered
from curation.generators.self_instruct.classification import classification_prompt
from curation.generators.self_instruct.heuristics import SELF_INSTRUCT_WORDS
from curation.generators.self_instruct.instances import instances_prompt
from curation.generators.self_instruct.instruction_list import write_list
from curation.generators.self_instruct.proposals import read_instructions
from curation.generators.self_instruct.task_pool import Bounds, TaskPool
from curation.methods import ModelGenerator
from curation.prompts import Asking, Model, Prompt
from curation.sample import Candidate, Message, Seed

QUESTION = """\
Come up with a series of {kind}tasks for an assistant that reads and writes text. The first ones are given:

{examples}

Write {count} more, numbered from {first} to {last}, each on a line of its own that starts like "Task {first}:". Make \
them new and unlike one another and the given ones: other subjects, other verbs, other kinds of work, some as \
questions, some as requests. State each task in one to three sentences; leave out its input and its answer. Write in \
the language of the given tasks."""
CLASSIFICATION_KIND = "classification "


class SelfInstruct(ModelGenerator):
    """Self-Instruct: new instructions after the example of a pool, then their inputs and outputs.

    In every round the model is shown examples, mostly by people, and continues the list. What is too short, too long,
    not for a text model or too similar to anything in the whole pool is dropped. For what is left the model is asked
    whether it is a classification task, then for instances: labels first for classification, inputs first for the
    rest. Kept tasks join the pool. The numbers are the published ones.
    """

    name: ClassVar[str] = "self_instruct"
    target: int = Field(100, ge=1, description="New instructions wanted; the last round may give a few more")
    in_context: int = Field(8, ge=1, description="Examples shown with each request")
    machine_in_context: int = Field(2, ge=0, description="How many of them may be written by a model")
    only_classification: bool = Field(False, description="Show only classification tasks, to get more of them")
    per_request: int = Field(8, ge=1, description="Instructions asked for with each request")
    requests_per_round: int = Field(5, ge=1, description="Requests with the same pool; what they give is shown later")
    most_requests: int = Field(1000, ge=1, description="Requests for instructions at most, even if too few are kept")
    most_similarity: float = Field(0.7, ge=0, le=1, description="Highest ROUGE-L with an instruction of the pool")
    detect_classification: bool = Field(True, description="Ask whether a task is classification, to write labels first")
    instances: int = Field(5, ge=1, description="Inputs with outputs kept for each instruction at most")
    blacklist: tuple[str, ...] = Field(SELF_INSTRUCT_WORDS, description="Words that drop an instruction")
    ascii_start: bool = Field(True, description="Drop what starts with another letter than A–Z; off for most languages")
    temperature: float = Field(0.7, ge=0, le=2, description="For instructions: higher for more variety")
    top_p: float = Field(0.5, gt=0, le=1, description="For instructions: share of the likeliest words to choose from")
    presence_penalty: float = Field(2.0, ge=-2, le=2, description="For instructions: above 0 for fewer repeated words")
    max_tokens: int = Field(1024, ge=1, description="Longest list of instructions, in tokens")
    answer_tokens: int = Field(1024, ge=1, description="Longest answer with the instances of a task, in tokens")
    seed: int = Field(0, description="Another number shows other examples")

    def __call__(self, pool: Sequence[Seed], model: Model) -> Iterator[Candidate]:
        """Work round by round until the target or the most requests are reached.

        Raises:
            NotReady: the pool has no seed to show.
        """
        tasks = TaskPool(pool, self.only_classification)
        for number, count in rounds(tasks, self._plan):
            yield from self._round(tasks, model, [self._request(tasks, number, at + 1) for at in range(count)])

    def expected(self, pool: Sequence[Seed]) -> Sequence[Asking]:
        """Calls for instructions, for the kind of each new one, and for its instances.

        Raises:
            NotReady: the pool has no seed to show.
        """
        tasks = TaskPool(pool, self.only_classification)
        typical = typical_of(tasks.people + tasks.machine)
        plan, new = self._plan, self._plan.expected_instructions
        listed = self.per_request * (tokens(typical.instruction) + LIST_MARK)
        asked = [asking("instructions", plan.expected_requests, self._request(tasks, 1, 1).prompt, listed)]
        if self.detect_classification:
            asked.append(asking("is it classification?", new, classification_prompt(typical.instruction), KIND))
        prompt = instances_prompt(typical.instruction, False, self.instances, self.answer_tokens)
        each = tokens(typical.input + typical.output) + INSTANCE_MARK
        return [*asked, asking("inputs and outputs", new, prompt, round(each * min(INSTANCES_EACH, self.instances)))]

    def wanted(self, pool: Sequence[Seed]) -> int:  # noqa: ARG002
        """One sample for each instruction wanted; those with several instances give more."""
        return self.target

    @property
    def _plan(self) -> Plan:
        return Plan(self.target, self.per_request, self.requests_per_round, self.most_requests)

    def _request(self, tasks: TaskPool, number: int, at: int) -> Request:
        place = f"{self.seed} {number} {at}"
        context = tasks.context(self.in_context, self.machine_in_context, Random(place))
        first = len(context) + 1
        last = first + self.per_request - 1
        text = QUESTION.format(
            kind=CLASSIFICATION_KIND if self.only_classification else "",
            examples=write_list([sample.instruction for sample in context]),
            count=self.per_request,
            first=first,
            last=last,
        )
        prompt = Prompt(
            (Message("user", text),),
            slot=f"seed {self.seed}, round {number}, request {at}",
            temperature=self.temperature,
            top_p=self.top_p,
            presence_penalty=self.presence_penalty,
            max_tokens=self.max_tokens,
            stop=(f"\nTask {last + 1}:",),
        )
        return Request(self.name, number, at, prompt, context)

    def _round(self, tasks: TaskPool, model: Model, requests: Sequence[Request]) -> Iterator[Candidate]:
        bounds = Bounds(self.blacklist, self.ascii_start, self.most_similarity)
        new: list[tuple[Request, Made]] = []
        replies = model.each(once(request.prompt) for request in requests)
        for request, reply in zip(requests, replies, strict=True):
            for made in read_instructions(reply, tasks, bounds):
                if made.fault:
                    yield candidate(request, reply, made)
                else:
                    new.append((request, made))
        how = Answering(self.detect_classification, self.instances, self.answer_tokens)
        answers = model.each(answer(made.sample.instruction, how) for _, made in new)
        for (request, made), answered in zip(new, answers, strict=True):
            instances = read_answered(made, answered, self.instances)
            kept = [one.sample for one in instances if one.fault is None]
            if kept:
                tasks.keep(kept[0])
            yield from (candidate(request, answered.reply, one) for one in instances)
