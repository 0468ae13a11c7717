"""Review rounds: several people decide on the same samples, each without seeing what the others said."""

from collections.abc import Sequence
from dataclasses import dataclass

from curation.errors import BadInput, NotReady
from curation.store import Workspace, rounds
from curation.store.decisions import Said, said_of
from curation.store.opinions import read_shared
from curation.store.people import check, check_speaker
from curation.store.rounds import EVERYBODY, NewRound, is_blind

CALIBRATION = 20
"""Samples of a calibration round, which all reviewers look at."""
MOST_REPEATS = 0.5


@dataclass(frozen=True)
class Wanted:
    """Which samples a round is to be about.

    Args:
        among: numbers to choose from at random; those that are decided on or in a round are passed over.
        number: how many at most.
        seed: of the choice.
    """

    among: Sequence[int]
    number: int
    seed: int = 0


@dataclass(frozen=True)
class Aside:
    """One sample of a round with what each person says of it: `accept`, `reject` or "" for nothing yet."""

    sample: int
    said: dict[str, str]

    @property
    def is_disputed(self) -> bool:
        """Whether not all who said something say the same."""
        return len({word for word in self.said.values() if word}) > 1


def start_round(workspace: Workspace, about: NewRound, wanted: Wanted) -> int:
    """Choose the samples of a new round and give its number.

    Raises:
        NotAllowed: the role of the one who asks does not allow it.
        BadInput: the name, the overlap or the share of repeats cannot be.
        NotReady: none of the samples is still open.
    """
    check(workspace, "rounds")
    check_speaker(workspace, about.reviewer)
    if not about.name.strip():
        raise BadInput("Give the round a name, so that it can be told from others.")
    if about.overlap != EVERYBODY and about.overlap < 2:
        raise BadInput("A round needs at least two people on each sample.")
    if not 0 <= about.repeats <= MOST_REPEATS:
        raise BadInput(f"The share of samples shown twice lies between 0 and {MOST_REPEATS:g}.")
    with workspace.writing():
        chosen = rounds.open_samples(workspace, wanted.among, wanted.seed, wanted.number)
        if not chosen:
            raise NotReady("None of these samples is open: each is decided on already, or part of another round.")
        return rounds.add_round(workspace, about, chosen)


def end_round(workspace: Workspace, number: int) -> None:
    """Ask no more for opinions in a round: where those that are there agree, they decide; the rest is for an expert.

    Raises:
        NotAllowed: the role of the one who asks does not allow it.
    """
    check(workspace, "rounds")
    rounds.end_round(workspace, number)


def said_to(workspace: Workspace, sample: int, reviewer: str) -> list[Said]:
    """What was said of a sample as far as a reviewer may see it: nothing before they have had their own say."""
    return [] if is_blind(workspace, sample, reviewer) else said_of(workspace, sample)


def side_by_side(workspace: Workspace, number: int) -> list[Aside]:
    """The samples of a round that somebody decided on, with what each person says: the disputed ones first."""
    shared = read_shared(workspace, number)
    words = {0.0: "reject", 1.0: "accept"}
    rows = [
        Aside(
            int(sample), {name: words.get(float(said), "") for name, said in zip(shared.reviewers, column, strict=True)}
        )
        for sample, column in zip(shared.samples, shared.opinions.T, strict=True)
    ]
    return sorted(rows, key=lambda row: not row.is_disputed)
