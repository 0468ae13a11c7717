"""What the card of an export says in numbers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from curation import runs
from curation.recipe import Shape, Splits
from curation.sample import Collected, Decision, Message, Origin, Sample
from curation.stages.describing import sections
from curation.stages.diversity_numbers import stamp_of
from curation.stages.exporting import Wanted, export_job
from curation.stages.planning import plan
from curation.store import Workspace, open_workspace
from curation.store.decisions import add_decisions
from curation.store.diversity_numbers import Number, write_diversity
from curation.store.recipes import read_exports
from curation.store.samples import add_samples
from curation.store.signals import write_signals
from tests.overrides import UNMEASURED

IN = ("accepted", "kept")
SAMPLES = [
    Sample("Name a colour.", output="Red"),
    Sample("Name three.", output="Red and blue and green", rejected="No"),
    Sample("Hi", output="Hello you", followups=(Message("user", "Bye"), Message("assistant", "See you"))),
]


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "w.duckdb")
    add_samples(workspace, "run", [Collected(one, Origin("alpaca", "a.json", one.id)) for one in SAMPLES])
    yield workspace
    workspace.close()


def said(workspace: Workspace, states: tuple[str, ...] = IN) -> dict[str, str]:
    chosen = plan(workspace, states, Shape(splits=Splits(train=1, validation=0, test=0)))
    return {section.title: "\n".join(section.lines) for section in sections(workspace, states, chosen)}


def test_lengths_and_who_decided(filled: Workspace) -> None:
    add_decisions(filled, [0], Decision("accept", "me"))
    shown = said(filled)
    lines = shown["Words in each text"].splitlines()
    assert lines[2].split() == ["train", "answers", "3", "2", "2.7", "5", "5"]
    assert lines[-1] == "1 with further turns, 1 with a rejected answer."
    assert [line.split()[0] for line in shown["Who decided"].splitlines()] == ["1", "2"]
    assert shown["Who wrote the samples"] == "3 do not say who wrote them"
    assert set(shown) == {"Words in each text", "Who decided", "Who wrote the samples"}


def number(kind: str, value: float | None) -> Number:
    return Number(kind, "", "vendi", value, 1.5, 2.5, 3, 9, 2, 5, 0, "m")


def test_numbers_of_diversity_stand_there_while_they_are_true(filled: Workspace) -> None:
    write_diversity(filled, "prompt", stamp_of(filled), [number("in", 2.0), number("all", 7.0), number("in", None)])
    lines = said(filled)["How varied the samples are"].splitlines()
    assert len(lines) == 3
    assert lines[2].split()[:4] == ["prompts", "2", "[1.5,", "2.5]"]
    add_decisions(filled, [0, 1], Decision("accept", "me"))
    assert "How varied the samples are" not in said(filled, ("accepted",)), "they are about all that is in"
    add_decisions(filled, [2], Decision("reject", "me"))
    assert "How varied the samples are" not in said(filled), "out of date"


def test_verbs_where_they_are_measured_and_pictures_in_the_folder(filled: Workspace, tmp_path: Path) -> None:
    write_signals(filled, 0, {"verb": ["name", "name", "<b>greet</b>"]})
    assert said(filled)["What is asked for"].split() == ["2", "name", "1", "<b>greet</b>"]
    runs.run_now(
        filled,
        export_job(filled, Wanted("demo", ("openai_chat", "parquet"), tmp_path / "out", overrides=(UNMEASURED,))),
    )
    folder = Path(read_exports(filled)[0].folder)
    assert sorted(path.name for path in (folder / "charts").iterdir()) == ["lengths.svg", "verbs.svg"]
    card = (folder / "README.md").read_text()
    assert "![What is asked for](charts/verbs.svg)" in card
    assert "charts" not in (folder / "parquet" / "README.md").read_text()
    assert "&lt;b&gt;greet" in (folder / "charts" / "verbs.svg").read_text()
