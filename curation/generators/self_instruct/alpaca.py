"""Alpaca: whole tasks, with input and output, in one list.

Taori et al. 2023, code tatsu-lab/stanford_alpaca (generate_instruction.py), from which the numbers and the layout are
taken. The prompt is our own words, for models that chat.
"""

from collections.abc import Iterator, Sequence
from random import Random
from typing import ClassVar

from pydantic import Field

from curation.generators.estimates import INSTANCE_MARK, asking, tokens, typical_of
from curation.generators.rounds import Plan, Request, candidate, once, rounds
from curation.generators.self_instruct.heuristics import ALPACA_WORDS
from curation.generators.self_instruct.task_list import NO_INPUT, write_tasks
from curation.generators.self_instruct.task_pool import Bounds, TaskPool
from curation.generators.self_instruct.whole_tasks import read_whole_tasks
from curation.methods import ModelGenerator
from curation.prompts import Asking, Model, Prompt
from curation.sample import Candidate, Message, Seed

QUESTION = """\
Make up {count} varied tasks for an assistant that reads and writes text, and carry each of them out. Continue the \
list below with the numbers {first} to {last}, in exactly its layout.

- No two tasks may begin with the same verb or ask for the same kind of work; mix questions and requests.
- Take all kinds: open questions, writing, sorting into classes, editing, planning, reasoning and so on.
- A task must be possible without seeing, hearing, or doing anything outside this conversation.
- State the instruction in one or two sentences, in the language of the given tasks.
- The input holds what the instruction is about: real content, no placeholder, at most 100 words. Where the \
instruction says all that is needed, write {no_input} there.
- The output carries the task out, completely and correctly, in fewer than 100 words.

{examples}
###"""


class Alpaca(ModelGenerator):
    """Alpaca: whole tasks with input and output, twenty in one answer.

    The short way of Self-Instruct: three examples by people, one request for twenty tasks, each with its input and
    output, no question whether it is classification. Dropped by the same rules with a longer list of words, and for
    similarity to anything in the whole pool. The numbers are the published ones, but that the list of twenty counted
    the three examples there.
    """

    name: ClassVar[str] = "alpaca"
    target: int = Field(100, ge=1, description="New samples wanted; the last request may give a few more")
    in_context: int = Field(3, ge=1, description="Examples shown with each request")
    machine_in_context: int = Field(0, ge=0, description="How many of them may be written by a model")
    per_request: int = Field(20, ge=1, description="Tasks asked for with each request")
    requests_per_round: int = Field(5, ge=1, description="Requests of one round")
    most_requests: int = Field(1000, ge=1, description="Requests at most, even if too few tasks are kept")
    most_similarity: float = Field(0.7, ge=0, le=1, description="Highest ROUGE-L with an instruction of the pool")
    blacklist: tuple[str, ...] = Field(ALPACA_WORDS, description="Words that drop an instruction")
    ascii_start: bool = Field(True, description="Drop what starts with another letter than A–Z; off for most languages")
    temperature: float = Field(1.0, ge=0, le=2, description="Higher for more variety")
    top_p: float = Field(1.0, gt=0, le=1, description="Share of the likeliest words to choose from")
    max_tokens: int = Field(3072, ge=1, description="Longest answer in tokens")
    seed: int = Field(0, description="Another number shows other examples")

    def __call__(self, pool: Sequence[Seed], model: Model) -> Iterator[Candidate]:
        """Work round by round until the target or the most requests are reached.

        Raises:
            NotReady: the pool has no seed to show.
        """
        tasks = TaskPool(pool)
        bounds = Bounds(self.blacklist, self.ascii_start, self.most_similarity)
        for number, count in rounds(tasks, self._plan):
            requests = [self._request(tasks, number, at + 1) for at in range(count)]
            replies = model.each(once(request.prompt) for request in requests)
            for request, reply in zip(requests, replies, strict=True):
                for made in read_whole_tasks(reply, tasks, bounds):
                    yield candidate(request, reply, made)

    def expected(self, pool: Sequence[Seed]) -> Sequence[Asking]:
        """Calls for tasks.

        Raises:
            NotReady: the pool has no seed to show.
        """
        tasks = TaskPool(pool)
        typical = typical_of(tasks.people + tasks.machine)
        each = tokens(typical.instruction + typical.input + typical.output) + INSTANCE_MARK
        prompt = self._request(tasks, 1, 1).prompt
        return [asking("tasks", self._plan.expected_requests, prompt, self.per_request * each)]

    def wanted(self, pool: Sequence[Seed]) -> int:  # noqa: ARG002
        """The target, whatever the pool."""
        return self.target

    @property
    def _plan(self) -> Plan:
        return Plan(self.target, self.per_request, self.requests_per_round, self.most_requests)

    def _request(self, tasks: TaskPool, number: int, at: int) -> Request:
        context = tasks.context(self.in_context, self.machine_in_context, Random(f"{self.seed} {number} {at}"))
        first = len(context) + 1
        last = first + self.per_request - 1
        text = QUESTION.format(
            count=self.per_request, first=first, last=last, no_input=NO_INPUT, examples=write_tasks(context)
        )
        prompt = Prompt(
            (Message("user", text),),
            slot=f"seed {self.seed}, round {number}, request {at}",
            temperature=self.temperature,
            top_p=self.top_p,
            max_tokens=self.max_tokens,
            stop=(f"\n{last + 1}. Instruction:",),
        )
        return Request(self.name, number, at, prompt, context)
