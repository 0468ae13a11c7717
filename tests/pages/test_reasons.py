"""Why a sample is out, in words."""

from pathlib import Path

import pytest

from curation.recipe import Recipe, Rule, When
from curation.sample import Collected, Origin, Sample
from curation.stages.curating import apply_recipe
from curation.store import open_workspace
from curation.store.reasons import Drop, reasons_of
from curation.store.samples import add_samples
from curation.store.signals import write_labels, write_signals
from pages._parts.card import words


def test_the_condition_of_the_rule_is_part_of_the_reason(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "w.duckdb")
    add_samples(workspace, "run", [Collected(Sample("Say it.", output="No"), Origin("test", "here", "1"))])
    write_signals(workspace, 0, {"words": [1.0]})
    write_labels(workspace, "task_type", {0: "classification"})
    when = When(signal="task_type", words=("classification", "listing"))
    apply_recipe(workspace, Recipe(rules=(Rule(signal="words", least=3, when=when),)), "r", "me")
    (drop,) = reasons_of(workspace, 0)
    assert drop == Drop("words", 1.0, 3.0, None, ("task_type", ("classification", "listing")))
    assert words(drop).endswith(": 1 (fewest 3) where task type is classification or listing.")
    apply_recipe(workspace, Recipe(rules=(Rule(signal="words", least=3),)), "r", "me")
    assert words(reasons_of(workspace, 0)[0]).endswith(": 1 (fewest 3).")
    workspace.close()


@pytest.mark.parametrize(
    ("drop", "said"),
    [
        (Drop("language", "fr", None, None), ": fr."),
        (Drop("language", "fr", None, None, ("method", ("alpaca",))), ": fr where method is alpaca."),
    ],
)
def test_labels_are_named_without_bounds(drop: Drop, said: str) -> None:
    assert words(drop).endswith(said)
