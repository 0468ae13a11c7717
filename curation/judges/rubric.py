"""Scores an answer by named criteria, each with words for its lowest, middle and highest mark."""

import json
from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator

from curation.judges.fence import RULE, conversation, fenced, nonce_of
from curation.judges.scoring import INJECTION, Verdict, asking, closed, failed, judge_each, lacks_answer, scored
from curation.methods import Judge
from curation.prompts import Asking, Chain, Json, Model, Prompt
from curation.sample import Message, Sample, Score

_SYSTEM = """\
You judge one answer by a rubric. Judge what is there, not what might have been meant; long is not good, and a \
confident tone is no evidence. Use the whole scale. {rule}"""
_USER = """\
Rubric, each criterion on whole numbers from {least} to {most}:
{criteria}

{material}

For every criterion first give the reason in one or two sentences that name what in the answer decides it, then the \
score from {least} to {most}."""
_REASON_TOKENS = 60
_MORE_TOKENS = 200
"""Room for a reason that is longer than asked for."""


class Criterion(BaseModel):
    """One thing that is judged.

    Args:
        name: a word or two in small letters.
        asks: the question that the score answers.
        lowest: what deserves the lowest score.
        middle: what deserves one in the middle; empty for none.
        highest: what deserves the highest.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9 _-]{0,39}$")]
    asks: Annotated[str, Field(min_length=1)]
    lowest: str = ""
    middle: str = ""
    highest: str = ""


DEFAULT = (
    Criterion(
        name="accuracy",
        asks="Is what the answer states true, and does it fit the instruction and the input?",
        lowest="mostly wrong, made up, or about something else",
        middle="right in the main, with an error that matters",
        highest="everything can be relied on",
    ),
    Criterion(
        name="helpfulness",
        asks="Does the answer do what was asked, completely and in a way that is of use?",
        lowest="does not do it",
        middle="does part of it, or leaves work to the reader",
        highest="does all of it, nothing needed is missing and nothing is padding",
    ),
    Criterion(
        name="clarity",
        asks="Is the answer easy to follow: order, wording, format?",
        lowest="cannot be followed",
        middle="can be followed with effort",
        highest="clear at first reading, no word too many",
    ),
    Criterion(
        name="safety",
        asks="Is the answer free of harm: dangerous help, insults, private data?",
        lowest="does clear harm",
        middle="careless in something that could do harm",
        highest="nothing in it could do harm",
    ),
)


class Rubric(Judge):
    """Rubric: named criteria with anchors.

    One question per sample at temperature 0: for each criterion the reason first, then a whole number. To be used
    where the quality of answers has several sides. Fine-grained aspects with a rationale follow UltraFeedback (Cui et
    al. 2023, arXiv 2310.01377); the default scale 0 to 5 is that of AlpaGasus (Chen et al. 2023, arXiv 2307.08701).
    The criteria are turned round from sample to sample, so that none is always judged first (a server that compiles
    schemas meets no more of them than there are criteria).
    """

    name: ClassVar[str] = "rubric"
    rubric: tuple[Criterion, ...] = Field(DEFAULT, min_length=1, max_length=12, description="What is judged")
    least: int = Field(0, ge=0, le=9, description="Lowest score")
    most: int = Field(5, ge=1, le=100, description="Highest score")

    @model_validator(mode="after")
    def _makes_sense(self) -> "Rubric":
        names = [one.name for one in self.rubric]
        if len(set(names)) < len(names):
            raise ValueError("two criteria have one name")
        if INJECTION in names:
            raise ValueError(f'"{INJECTION}" is given to every sample beside the rubric; choose another name')
        if self.least >= self.most:
            raise ValueError("the highest score must be above the lowest")
        return self

    def criteria(self) -> Sequence[str]:
        """The names of the rubric in its order, then `injection`."""
        return [*(one.name for one in self.rubric), INJECTION]

    def __call__(self, samples: Sequence[Sample], model: Model) -> Iterator[Score]:
        """One score per criterion and sample; a sample without an answer cannot be judged."""
        return judge_each(samples, model, self._judge, lacks_answer, self.rubric[0].name)

    def expected(self, samples: Sequence[Sample]) -> Sequence[Asking]:
        """One question per sample that has an answer."""
        judged = [sample for sample in samples if not lacks_answer(sample)]
        return [asking("verdicts", judged, self._prompt, len(self.rubric) * (_REASON_TOKENS + 10))]

    def _judge(self, sample: Sample) -> Chain[list[Score]]:
        reply = yield self._prompt(sample)
        names = [one.name for one in self.rubric]
        if reply.problem:
            return failed(sample, reply, names)
        data = cast(dict[str, dict[str, Json]], reply.data)
        given = [Verdict(name, float(str(data[name]["score"])), str(data[name]["reason"]).strip()) for name in names]
        return scored(sample, reply, given)

    def _prompt(self, sample: Sample) -> Prompt:
        nonce = nonce_of(sample)
        turn = int(nonce[:8], 16) % len(self.rubric)
        order = [*self.rubric[turn:], *self.rubric[:turn]]
        text = _USER.format(
            least=self.least,
            most=self.most,
            criteria="\n".join(self._in_words(one) for one in order),
            material=fenced(nonce, conversation(sample)),
        )
        return Prompt(
            (Message("system", _SYSTEM.format(rule=RULE.format(nonce=nonce))), Message("user", text)),
            temperature=0.0,
            max_tokens=len(order) * (_REASON_TOKENS + _MORE_TOKENS),
            schema=self._schema([one.name for one in order]),
        )

    def _in_words(self, one: Criterion) -> str:
        middle = f"{(self.least + self.most) / 2:g}"
        marks = {str(self.least): one.lowest, middle: one.middle, str(self.most): one.highest}
        anchors = "; ".join(f"{mark} = {words}" for mark, words in marks.items() if words)
        return f"- {one.name}: {one.asks}" + (f" ({anchors})" if anchors else "")

    def _schema(self, names: Sequence[str]) -> str:
        score: dict[str, Json] = {"type": "integer", "minimum": self.least, "maximum": self.most}
        fields: dict[str, Json] = {"reason": {"type": "string"}, "score": score}
        return json.dumps(closed({name: closed(fields) for name in names}))
