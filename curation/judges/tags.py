"""Names what an instruction is about and asks for, in open tags."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import ClassVar, Literal, cast

from pydantic import Field

from curation.judges.fence import RULE, fenced, nonce_of
from curation.judges.scoring import INJECTION, Verdict, asking, closed, failed, judge_each, no_lack, scored
from curation.methods import Judge
from curation.prompts import Asking, Chain, Json, Model, Prompt, Reply
from curation.sample import Message, Sample, Score

_SYSTEM = """\
You tag instructions by what they ask for, so that a large collection can be sorted. {rule}"""
_USER = """\
{material}

Give at most {most} tags for what the instruction wants: the kind of task, the subject, and every further intention \
such as a form, a tone or a limit. A tag is one to three words in English, small letters, general enough to fit many \
other instructions. For each, first say in a few words why, then the tag."""
_TAG_TOKENS = 30
TAGS = "number of tags"
"""The criterion that stands for all tags."""
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("s", ""))
_NO_PLURAL = ("ss", "us", "is", "ics", "news", "series")


class Tags(Judge):
    """Tags: what an instruction is about.

    One question per sample at temperature 0; each tag is a label with its reason, and how many there are measures how
    much is asked at once. To be used for coverage and for balanced picking. After InsTag (Lu et al. 2023,
    arXiv 2308.07074), whose tags are open as well; of its normalising ours has the rules (small letters, no marks, one
    form for singular and plural) and the frequency, which counts over the workspace when tags are shown; it merges by
    embedding and by association as well, which ours does not.
    """

    name: ClassVar[str] = "tags"
    needs: ClassVar[tuple[Literal["output", "rejected"], ...]] = ()
    most: int = Field(6, ge=1, le=20, description="Most tags per instruction")

    def criteria(self) -> Sequence[str]:
        """How many tags there are, then `injection`; each tag is a criterion besides."""
        return [TAGS, INJECTION]

    def __call__(self, samples: Sequence[Sample], model: Model) -> Iterator[Score]:
        """A score of 1 for each tag, and how many there are."""
        return judge_each(samples, model, self._judge, no_lack, TAGS)

    def expected(self, samples: Sequence[Sample]) -> Sequence[Asking]:
        """One question per sample."""
        judged = [sample for sample in samples if not no_lack(sample)]
        return [asking("tags", judged, self._prompt, 4 * _TAG_TOKENS)]

    def _judge(self, sample: Sample) -> Chain[list[Score]]:
        reply = yield self._prompt(sample)
        return failed(sample, reply, [TAGS]) if reply.problem else scored(sample, reply, _verdicts(reply))

    def _prompt(self, sample: Sample) -> Prompt:
        nonce = nonce_of(sample)
        parts = {"system message": sample.system, "instruction": sample.instruction, "input": sample.input}
        system = Message("system", _SYSTEM.format(rule=RULE.format(nonce=nonce)))
        user = Message("user", _USER.format(most=self.most, material=fenced(nonce, parts)))
        room = self.most * 3 * _TAG_TOKENS
        return Prompt((system, user), temperature=0.0, max_tokens=room, schema=self._schema())

    def _schema(self) -> str:
        one = closed({"reason": {"type": "string"}, "tag": {"type": "string"}})
        listed: dict[str, Json] = {"type": "array", "items": one, "minItems": 1, "maxItems": self.most}
        return json.dumps(closed({"tags": listed}))


def normalised(tag: str) -> str:
    """One form for tags that say the same.

    >>> normalised("  Short-Stories! "), normalised("short story"), normalised("Physics")
    ('short story', 'short story', 'physics')
    """
    words = re.sub(r"[\W_]+", " ", tag.casefold()).split()
    return " ".join([*words[:-1], *(_singular(word) for word in words[-1:])])[:60].strip()


def _singular(word: str) -> str:
    if len(word) < 4 or word.endswith(_NO_PLURAL):
        return word
    ending, instead = next((pair for pair in _ENDINGS if word.endswith(pair[0])), ("", ""))
    return word[: len(word) - len(ending)] + instead if ending else word


def _verdicts(reply: Reply) -> list[Verdict]:
    data = cast(dict[str, list[dict[str, Json]]], reply.data)
    found: dict[str, str] = {}
    for one in data["tags"]:
        found.setdefault(normalised(str(one["tag"])), str(one["reason"]).strip())
    own = [Verdict(tag, 1.0, reason) for tag, reason in found.items() if tag and tag not in (TAGS, INJECTION)]
    return [Verdict(TAGS, float(len(own)), ", ".join(one.criterion for one in own)), *own]
