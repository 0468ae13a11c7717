"""Conversations of several turns from single ones."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import ClassVar

from pydantic import Field, ValidationInfo, field_validator

from curation.errors import NotReady
from curation.generators.estimates import asking, typical_of
from curation.generators.multi_turn.moves import Move
from curation.generators.multi_turn.talk import Start, Voices, candidates, talk
from curation.generators.waiting import answer_tokens
from curation.methods import ModelGenerator
from curation.prompts import Asking, Model
from curation.sample import Candidate, Seed

FOLLOW_UP_TOKENS = 45
"""Of a user's next message with the JSON around it: one to three sentences."""


class MultiTurn(ModelGenerator):
    """Multi-turn: single questions and answers become conversations.

    The model plays the user, who clarifies, deepens, corrects or changes the topic, and then answers; as UltraChat
    (Ding et al. 2023) and Baize (Xu et al. 2023) do, but with the kind of every follow-up drawn beforehand, so that
    not all of them ask for more of the same. Every message is checked: one that is empty, declines, repeats what was
    said, or answers where the user should ask ends the conversation there, and is shown with the reason. Use it for
    models that are to follow a conversation. Costs two calls for each further turn.
    """

    name: ClassVar[str] = "multi_turn"
    fewest: int = Field(2, ge=2, le=6, description="Fewest questions of a conversation, the first one included")
    most: int = Field(4, ge=2, le=6, description="Most questions of a conversation")
    clarify: float = Field(1.0, ge=0, description="Weight of: the user asks what something means")
    deepen: float = Field(1.0, ge=0, description="Weight of: the user wants to go further")
    correct: float = Field(0.5, ge=0, description="Weight of: the user wants something put right or done differently")
    change_topic: float = Field(0.5, ge=0, description="Weight of: the user turns to another question")
    user_temperature: float = Field(1.0, ge=0, le=2, description="For the user's messages; higher for more variety")
    temperature: float = Field(0.7, ge=0, le=2, description="For the answers")
    max_tokens: int = Field(1024, ge=1, description="Longest answer in tokens")
    seed: int = Field(0, description="Another number gives other conversations")

    @field_validator("most")
    @classmethod
    def _in_order(cls, most: int, info: ValidationInfo) -> int:
        if most < info.data.get("fewest", 2):
            raise ValueError("this is less than the fewest questions")
        return most

    @field_validator("change_topic")
    @classmethod
    def _some_weight(cls, weight: float, info: ValidationInfo) -> float:
        if not weight + sum(float(info.data.get(name, 1)) for name in ("clarify", "deepen", "correct")):
            raise ValueError("one of the four weights must be above 0")
        return weight

    def __call__(self, pool: Sequence[Seed], model: Model) -> Iterator[Candidate]:
        """One conversation for each single turn, and what cut it short.

        Raises:
            NotReady: there is no single turn with an answer.
        """
        voices = self._voices
        for talked in model.each(talk(start, voices) for start in self._starts(pool)):
            yield from candidates(self.name, talked, self.fewest)

    def expected(self, pool: Sequence[Seed]) -> Sequence[Asking]:
        """A follow-up and an answer for each further turn, with all that was said before.

        Raises:
            NotReady: there is no single turn with an answer.
        """
        starts = list(self._starts(pool))
        calls = sum(len(start.moves) for start in starts)
        typical = Start(1, Seed(typical_of([start.seed.sample for start in starts])), ())
        said = typical.said * max(1, round(self.most / 2))
        follow_up, answer = self._voices.follow_up("deepen", said), self._voices.answer("", said)
        return [
            asking("follow-ups of the user", calls, follow_up, FOLLOW_UP_TOKENS),
            asking("answers", calls, answer, answer_tokens([start.seed for start in starts])),
        ]

    def wanted(self, pool: Sequence[Seed]) -> int:
        """One for each single turn with an answer."""
        return len(_usable(pool))

    @property
    def _weights(self) -> Mapping[Move, float]:
        return {
            "clarify": self.clarify,
            "deepen": self.deepen,
            "correct": self.correct,
            "change topic": self.change_topic,
        }

    @property
    def _voices(self) -> Voices:
        return Voices(f"seed {self.seed}", self.user_temperature, self.temperature, self.max_tokens)

    def _starts(self, pool: Sequence[Seed]) -> Iterator[Start]:
        moves, weights = list(self._weights), list(self._weights.values())
        for place, seed in enumerate(_usable(pool), start=1):
            chance = Random(f"{self.seed} {place}")
            further = chance.randint(self.fewest, self.most) - 1
            yield Start(place, seed, tuple(chance.choices(moves, weights, k=further)))


def _usable(pool: Sequence[Seed]) -> list[Seed]:
    found = [seed for seed in pool if seed.sample.instruction and seed.sample.output and not seed.sample.followups]
    if not found:
        raise NotReady("There is no single question with an answer to go on from. Choose such samples, then try again.")
    return found
