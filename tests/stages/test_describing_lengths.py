"""Lengths on the card of an export: taken from what is measured where that says the same as the texts."""

from pathlib import Path

from curation.recipe import Shape, Splits
from curation.sample import Collected, Message, Origin, Sample
from curation.stages.describing import sections
from curation.stages.measuring import measure
from curation.stages.planning import plan
from curation.store import Workspace, open_workspace
from curation.store.samples import add_samples
from curation.store.signals import write_signals

IN = ("accepted", "kept")
SAMPLES = [
    Sample("Name  a\u2003colour.", "of\n these", "Red"),
    Sample("Name three.", output=" Red and\tblue \x1f and green ", rejected="No"),
    Sample("Hi", output="Hello", followups=(Message("user", "Bye"), Message("assistant", "See you"))),
    Sample("Continue:", output=""),
]


def lengths(workspace: Workspace) -> list[str]:
    chosen = plan(workspace, IN, Shape(splits=Splits(train=1, validation=0, test=0)))
    shown = {section.title: list(section.lines) for section in sections(workspace, IN, chosen)}
    return shown["Words in each text"]


def filled(tmp_path: Path) -> Workspace:
    workspace = open_workspace(tmp_path / "w.duckdb")
    add_samples(workspace, "run", [Collected(one, Origin("alpaca", "a.json", one.id)) for one in SAMPLES])
    return workspace


def test_measured_words_are_what_the_texts_have(tmp_path: Path) -> None:
    workspace = filled(tmp_path)
    counted = lengths(workspace)
    measure(workspace, lambda *_: None)
    assert lengths(workspace) == counted
    write_signals(workspace, 0, {"words": [9.0] * len(SAMPLES)})
    assert lengths(workspace)[2].split()[-1] == "9", "they were not looked at"
    workspace.close()


def test_samples_that_came_after_the_measuring_are_counted(tmp_path: Path) -> None:
    workspace = filled(tmp_path)
    measure(workspace, lambda *_: None)
    late = Sample("Say a lot.", output="la " * 40)
    add_samples(workspace, "later", [Collected(late, Origin("alpaca", "b.json", "line 1"))])
    assert lengths(workspace)[2].split()[-1] == "40"
    workspace.close()
