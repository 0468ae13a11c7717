"""A mixture in a workspace: labels of every kind, people first, repeats in training alone, nothing by chance."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from curation.errors import NotReady
from curation.recipe import Mixture, Recipe, Shape, Splits
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.curating import apply_recipe
from curation.stages.mixed_words import of_mixture
from curation.stages.mixing import Mixed, label_counts, mix
from curation.stages.planning import plan
from curation.store import Workspace, open_workspace
from curation.store.decisions import add_decisions
from curation.store.samples import add_samples, read_ids
from curation.store.signals import write_column, write_labels
from curation.store.topics import replace_topics

COUNT = 60
IN = ("accepted", "kept")
EVERY = np.arange(COUNT, dtype=np.int32)


def rows() -> list[Collected]:
    """Sixty samples; people wrote every tenth of them."""
    return [
        Collected(
            Sample(f"Question {i}", output=f"Answer {i}"),
            Origin("alpaca", "a.json" if i < 40 else "b.json", f"line {i}", model="" if i % 10 == 0 else "m"),
        )
        for i in range(COUNT)
    ]


def filled(path: Path, collected: list[Collected]) -> Workspace:
    opened = open_workspace(path)
    add_samples(opened, "run", collected)
    kinds = {int(one.origin.ref.split()[1]): number for number, one in enumerate(collected)}
    write_labels(opened, "task_type", {kinds[i]: "code" if i < 12 else "chat" for i in range(COUNT)})
    write_column(opened, "words", np.array([kinds[i] for i in range(50)], np.int32), np.arange(50.0) % 7)
    replace_topics(opened, {"maths": [kinds[0], kinds[1]], "law": [kinds[1], kinds[2]]})
    return opened


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = filled(tmp_path / "w.duckdb", rows())
    yield opened
    opened.close()


def got(found: Mixed) -> dict[str, int]:
    return {one.label: one.got for one in found.quotas}


def test_without_a_wish_all_go_out_as_they_were_collected(workspace: Workspace) -> None:
    found = mix(workspace, EVERY, Mixture())
    assert found.sequence.tolist() == found.numbers.tolist() == EVERY.tolist()
    assert (found.human, found.missing_people, found.tight) == (6, 0, None)


def test_samples_are_told_apart_by_what_they_are(workspace: Workspace) -> None:
    add_decisions(workspace, [3, 4], Decision("tag", "me", "look"))
    expected = {
        "origin": {"a.json": 40, "b.json": 20},
        "method": {"alpaca": 60},
        "task_type": {"code": 12, "chat": 48},
        "topic": {"law": 2, "maths": 1, "": 57},
        "tag": {"look": 2, "": 58},
    }
    for by, counts in expected.items():
        assert label_counts(workspace, EVERY, Mixture(by=by)) == counts
    with pytest.raises(NotReady, match="no labels"):
        mix(workspace, EVERY, Mixture(by="cluster"))


def test_a_short_label_is_repeated_in_training_alone(workspace: Workspace) -> None:
    mixture = Mixture(by="task_type", counts=(("code", 24), ("chat", 24)), repeat=2)
    found = mix(workspace, EVERY, mixture)
    assert got(found) == {"code": 24, "chat": 24}
    assert Counter(found.sequence.tolist()).most_common(1)[0][1] == 2
    assert set(range(12)) <= set(found.numbers.tolist())
    chosen = plan(workspace, IN, Shape(mixture=mixture, splits=Splits.model_validate({"validation": 0.3, "test": 0.2,
                                                                                     "train": 0.5})))  # fmt: skip
    assert dict(chosen.steps) == {
        "after_decisions": 60, "after_practice": 60, "after_selection": 60, "after_mixture": 48,
    }  # fmt: skip
    for split, size in chosen.sizes().items():
        texts = [sample.instruction for sample in chosen.samples(split)]
        assert len(texts) == size
        assert (len(set(texts)) < size) == (split == "train")
    assert sum(len({sample.id for sample in chosen.samples(split)}) for split in chosen.sizes()) == 36


def test_people_come_first_where_their_share_needs_it(workspace: Workspace) -> None:
    assert mix(workspace, EVERY, Mixture(size=12, human=0.5)).human == 6
    found = mix(workspace, EVERY, Mixture(size=20, human=0.5))
    assert (found.human, found.missing_people) == (6, 4)
    assert of_mixture(found, 60)[-1] == (
        "6 of them name no model as an author (30.0%); 50% would be 10, and 6 such samples are there. With 12 in all "
        "it would be 50%."
    )


def test_the_order_of_a_curriculum_ends_with_what_has_no_number(workspace: Workspace) -> None:
    values = {i: i % 7 for i in range(50)}
    found = mix(workspace, EVERY, Mixture(order="rising", order_by="words")).sequence.tolist()
    assert sorted(found) == EVERY.tolist()
    assert [values[i] for i in found[:50]] == sorted(values.values())
    assert set(found[50:]) == set(range(50, 60))
    assert mix(workspace, EVERY, Mixture(order="shuffled")).sequence.tolist() != EVERY.tolist()
    with pytest.raises(NotReady, match="no sample has a number"):
        mix(workspace, EVERY, Mixture(order="rising", order_by="nothing"))


def test_the_same_samples_are_mixed_alike_however_they_were_collected(workspace: Workspace, tmp_path: Path) -> None:
    """N10: chance goes by seed and id, never by the place of a sample."""
    other = filled(tmp_path / "other.duckdb", rows()[::-1])
    mixture = Mixture(by="task_type", shares=(("code", 0.3),), size=30, order="shuffled", seed=4)
    try:
        first = read_ids(workspace, mix(workspace, EVERY, mixture).sequence.tolist())
        second = read_ids(other, mix(other, EVERY, mixture).sequence.tolist())
    finally:
        other.close()
    assert first == second
    assert first != read_ids(workspace, mix(workspace, EVERY, mixture.model_copy(update={"seed": 5})).sequence.tolist())


def test_what_was_labelled_since_counts_at_once(workspace: Workspace) -> None:
    mixture = Mixture(by="task_type", shares=(("code", 0.5),))
    assert got(mix(workspace, EVERY, mixture)) == {"code": 12, "chat": 12}
    write_labels(workspace, "task_type", {i: "code" if i < 20 else "chat" for i in range(COUNT)})
    assert got(mix(workspace, EVERY, mixture)) == {"code": 20, "chat": 20}


def test_a_mixture_that_takes_nothing_says_why(workspace: Workspace) -> None:
    with pytest.raises(NotReady, match='has "poems" as its task type'):
        mix(workspace, EVERY, Mixture(by="task_type", shares=(("poems", 0.1),)))
    with pytest.raises(NotReady, match="all its shares or counts are 0"):
        mix(workspace, EVERY, Mixture(by="task_type", counts=(("code", 0),)))


def test_what_limits_a_mixture_is_told(workspace: Workspace) -> None:
    mixture = Mixture(by="task_type", shares=(("code", 0.5), ("chat", 0.5)), human=0)
    said = of_mixture(mix(workspace, EVERY, mixture), 60)
    assert said == [
        "24 samples go out, from 24 of 60.",
        "“code” decides the size: all 12 are taken; 2 points less of it would give 1 sample more.",
    ]
    sized = mixture.model_copy(update={"size": 40})
    assert of_mixture(mix(workspace, EVERY, sized), 60)[1].startswith(
        "“code” is the tightest: 12 of 20 wanted; 2 points less of it would give 1 sample more."
    )


def test_a_recipe_in_force_is_mixed_by(workspace: Workspace) -> None:
    recipe = Recipe(mixture=Mixture(by="task_type", most=5))
    apply_recipe(workspace, recipe, "mine", "me")
    assert len(plan(workspace, IN, recipe.shape()).numbers) == 10


def test_nothing_is_mixed_to_nothing(workspace: Workspace) -> None:
    found = mix(workspace, EVERY[:0], Mixture(by="task_type", most=3))
    assert (len(found.sequence), found.quotas, found.missing_people) == (0, (), 0)
    assert of_mixture(found, 0) == ["0 samples go out, from 0 of 0."]
