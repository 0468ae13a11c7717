"""The same instruction over new inputs, by a model, each with its answer.

The idea of one instruction with many instances is Self-Instruct's (Wang et al. 2023, https://arxiv.org/abs/2212.10560)
and Unnatural Instructions' (Honovich et al. 2022, https://arxiv.org/abs/2212.09689), which start from inputs that are
there; the filters of instances are the former's, the prompt is our own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from random import Random
from typing import ClassVar

from pydantic import Field

from curation.generators.estimates import INSTANCE_MARK, asking, tokens, typical_of
from curation.generators.expansion.expanding import Course, expanded, usable
from curation.generators.expansion.known import Bounds, Known
from curation.generators.fault import Fault, no_answer
from curation.generators.fence import fenced
from curation.generators.rounds import WHOLE, Made
from curation.generators.schemas import records_schema
from curation.generators.self_instruct.instance_filters import Instance, faults
from curation.generators.self_instruct.instances import read_instances
from curation.methods import ModelGenerator
from curation.prompts import Asking, Model, Prompt, Reply
from curation.sample import Candidate, Message, Sample, Seed

QUESTION = """\
Below is an instruction, and before it what it was given as input so far and what the right output was.

{shown}

Write {count} new examples for the same instruction. Each has an input of the same kind and form as those above, with \
real content and no placeholder, and the output that carries the instruction out on that input, complete, correct and \
in the form of the outputs above. Let the inputs differ from those above and from one another in subject, wording, \
length and difficulty, and let one be an unusual case. {labels}Write in the language of the examples.

{instruction}"""
LABELS = "The output is one of a few labels: let each come about as often. "
_NOTHING = "None of the chosen samples has an input and an answer: choose samples that have both, then try again."
Shown = Mapping[tuple[str, str], Sequence[Sample]]
"""(instruction, system message) → the samples that have it."""


class ModelInputs(ModelGenerator):
    """New inputs with a model: one instruction over many inputs, each with its answer.

    The model sees an instruction with inputs and answers that the pool has for it, and writes more. An input that is
    too close to one that the instruction has already is dropped, and so is an answer that cannot be one.
    """

    name: ClassVar[str] = "model_inputs"
    target: int = Field(100, ge=1, description="New samples wanted; the last round may give a few more")
    per_seed: int = Field(5, ge=1, le=20, description="New inputs asked for each instruction")
    shown: int = Field(3, ge=1, description="Inputs and answers shown with an instruction at most")
    balanced: bool = Field(True, description="The categories of the samples take turns")
    most_similarity: float = Field(0.7, ge=0, le=1, description="Highest ROUGE-L with another input of the instruction")
    most_cosine: float = Field(1.0, ge=0, le=1, description="Highest cosine with another input; 1 for no bound")
    temperature: float = Field(0.8, ge=0, le=2, description="Higher for more variety")
    max_tokens: int = Field(2048, ge=1, description="Longest answer to one request, in tokens")
    requests_per_round: int = Field(40, ge=1, description="After so many requests it is seen which categories lag")
    seed: int = Field(0, description="Another number gives another order and shows other examples")

    def __call__(self, pool: Sequence[Seed], model: Model) -> Iterator[Candidate]:
        """Go through the instructions, category by category.

        Raises:
            NotReady: no sample has an input and an answer.
        """
        seeds, shown = _grouped(pool)
        bounds = Bounds(self.most_similarity, self.most_cosine)

        def read(seed: Seed, reply: Reply) -> Iterator[Made]:
            known = Known([sample.input for sample in shown[_key(seed.sample)]], bounds, model)
            return self._read(seed, reply, known)

        yield from expanded(seeds, self._course, partial(self._ask, shown), read, model)

    def expected(self, pool: Sequence[Seed]) -> Sequence[Asking]:
        """One call for each instruction.

        Raises:
            NotReady: no sample has an input and an answer.
        """
        seeds, shown = _grouped(pool)
        typical = typical_of([sample for samples in shown.values() for sample in samples])
        several = {_key(typical): [typical] * min(self.shown, max(map(len, shown.values())))}
        prompt, _ = self._ask(several, Seed(typical))
        each = self.per_seed * (tokens(typical.input + typical.output) + INSTANCE_MARK)
        return [asking("inputs and outputs", self._course.requests(len(seeds)), prompt, each)]

    def wanted(self, pool: Sequence[Seed]) -> int:
        """As many as asked for, fewer where the instructions do not give so many."""
        return self._course.wanted(len(_grouped(pool)[0]))

    @property
    def _course(self) -> Course:
        return Course(self.name, self.target, self.per_seed, self.requests_per_round, self.balanced, self.seed)

    def _ask(self, shown: Shown, seed: Seed) -> tuple[Prompt, tuple[Sample, ...]]:
        own = shown[_key(seed.sample)]
        examples = Random(f"{self.seed} {seed.sample.id}").sample(own, min(self.shown, len(own)))
        text = QUESTION.format(
            shown="\n\n".join(fenced("example", _example(sample)) for sample in examples),
            count=self.per_seed,
            labels=LABELS if seed.classification else "",
            instruction=fenced("instruction", seed.sample.instruction),
        )
        messages = (Message("user", text),)
        slot = f"seed {self.seed}, sample {seed.sample.id[:12]}"
        schema = records_schema("instances", ("output", "input") if seed.classification else ("input", "output"))
        prompt = Prompt(messages, slot, self.temperature, max_tokens=self.max_tokens, schema=schema)
        return prompt, tuple(examples)

    def _read(self, seed: Seed, reply: Reply, known: Known) -> Iterator[Made]:
        instances = read_instances(reply)
        if not instances:
            yield Made(Sample(seed.sample.instruction), WHOLE, _nothing(reply), seed.category)
            return
        found = faults(seed.sample.instruction, instances, self.per_seed)
        for at, (one, fault) in enumerate(zip(instances, found, strict=True), start=1):
            yield _judged(Made(_sample(seed, one), f"instance {at}", fault or _empty(one), seed.category), known)


def _judged(made: Made, known: Known) -> Made:
    if made.fault:
        return made
    fault, closeness = known.admit([made.sample.input])[0]
    return replace(made, fault=fault, closeness=closeness)


def _empty(instance: Instance) -> Fault | None:
    return None if instance.input else Fault("empty input", "there is no input, and the instruction needs one")


def _nothing(reply: Reply) -> Fault:
    return no_answer(reply) if reply.problem else Fault("no instances", "the answer has no example in it")


def _sample(seed: Seed, instance: Instance) -> Sample:
    return Sample(seed.sample.instruction, instance.input, instance.output, seed.sample.system)


def _grouped(pool: Sequence[Seed]) -> tuple[list[Seed], Shown]:
    """The first seed of each instruction, and all that have it."""
    seeds = usable(pool, lambda seed: bool(seed.sample.input.strip() and seed.sample.output.strip()), _NOTHING)
    first: dict[tuple[str, str], Seed] = {}
    shown: dict[tuple[str, str], list[Sample]] = {}
    for seed in seeds:
        first.setdefault(_key(seed.sample), seed)
        shown.setdefault(_key(seed.sample), []).append(seed.sample)
    return list(first.values()), shown


def _key(sample: Sample) -> tuple[str, str]:
    return sample.instruction, sample.system


def _example(sample: Sample) -> str:
    return f"Input:\n{sample.input}\n\nOutput:\n{sample.output}"
