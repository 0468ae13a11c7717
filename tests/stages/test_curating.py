"""The recipe in force against an oracle in plain Python, and what it refuses."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.errors import NotReady, WorkspaceError
from curation.recipe import Duplicates, Recipe, Rule
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages import curating
from curation.stages.curating import apply_recipe, current_recipe, priority, renew_duplicates, similarity_of
from curation.store import Workspace, open_workspace
from curation.store.browse import states_of
from curation.store.decisions import add_decisions, undo
from curation.store.duplicates import read_duplicates
from curation.store.pairs import Edges, count_not_compared, latest_space, read_pairs, write_pairs
from curation.store.reasons import duplicate_of
from curation.store.recipes import latest_recipes
from curation.store.samples import add_samples
from curation.store.signals import write_signals

COUNT = 24
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Case:
    """Everything that decides about a few samples."""

    letters: tuple[int, ...]
    words: tuple[float, ...]
    verdicts: tuple[str, ...]
    near: dict[tuple[int, int], float]
    threshold: float


def filled(path: Path, letters: tuple[int, ...] = (1,) * COUNT) -> Workspace:
    workspace = open_workspace(path)
    rows = [
        Collected(Sample(f"Task {n}", output="x" * size), Origin("test", "here", str(n)))
        for n, size in enumerate(letters)
    ]
    add_samples(workspace, "run", rows)
    return workspace


def add_pairs(workspace: Workspace, near: dict[tuple[int, int], float], samples: int = COUNT) -> None:
    found = sorted(near.items())
    a = np.array([a for (a, _), _ in found], np.int32)
    b = np.array([b for (_, b), _ in found], np.int32)
    similarity = np.array([value for _, value in found], np.float32)
    write_pairs(workspace, "m", "prompt", (0.7, samples), Edges(a, b, similarity))


def expected(case: Case) -> tuple[list[str], dict[int, int]]:
    """States and who stands for whom, from the definition alone."""
    out = [value < 3 for value in case.words]
    standing = [
        {"accept": 0, "reject": 3}.get(verdict, 2 if fails else 1)
        for verdict, fails in zip(case.verdicts, out, strict=True)
    ]
    order = sorted(range(COUNT), key=lambda n: (standing[n], -case.letters[n], n))
    kept: list[int] = []
    middle: dict[int, int] = {}
    for sample in order:
        close = [(case.near.get((min(sample, k), max(sample, k)), 0.0), -at, k) for at, k in enumerate(kept)]
        nearest = max(close, default=(0.0, 0, 0))
        if nearest[0] >= case.threshold:
            middle[sample] = nearest[2]
        else:
            kept.append(sample)
    words = {"accept": "accepted", "reject": "rejected"}
    states = [words.get(case.verdicts[n], "dropped" if out[n] or n in middle else "kept") for n in range(COUNT)]
    return states, middle


pairs = st.tuples(st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)).filter(lambda pair: pair[0] < pair[1])
cases = st.builds(
    Case,
    letters=st.tuples(*[st.integers(0, 3)] * COUNT),
    words=st.tuples(*[st.sampled_from([1.0, 5.0, 5.0])] * COUNT),
    verdicts=st.tuples(*[st.sampled_from(["", "", "", "accept", "reject"])] * COUNT),
    near=st.dictionaries(pairs, st.sampled_from([0.7, 0.75, 0.8, 0.9, 1.0]), max_size=60),
    threshold=st.sampled_from([0.7, 0.8, 0.85, 0.9, 1.0]),
)


@settings(max_examples=12, deadline=None)
@given(cases)
def test_states_and_representatives_agree_with_an_oracle(case: Case) -> None:
    with TemporaryDirectory() as folder:
        workspace = filled(Path(folder) / "w.duckdb", case.letters)
        write_signals(workspace, 0, {"words": list(case.words)})
        add_pairs(workspace, case.near)
        for action in ("accept", "reject"):
            said = [sample for sample, verdict in enumerate(case.verdicts) if verdict == action]
            add_decisions(workspace, said, Decision("accept" if action == "accept" else "reject", "me"))
        recipe = Recipe(rules=(Rule(signal="words", least=3),), duplicates=Duplicates(threshold=case.threshold))
        apply_recipe(workspace, recipe, "r", "me")
        states, middle = expected(case)
        assert states_of(workspace) == states
        assert read_duplicates(workspace).tolist() == sorted(middle)
        for sample, kept in middle.items():
            near = case.near[min(sample, kept), max(sample, kept)]
            assert duplicate_of(workspace, sample) == (kept, pytest.approx(near))
        assert renew_duplicates(workspace) == len(middle)
        assert states_of(workspace) == states
        workspace.close()


@pytest.fixture
def ws(tmp_path: Path):
    workspace = filled(tmp_path / "w.duckdb", (5,) + (1,) * (COUNT - 1))
    yield workspace
    workspace.close()


def test_without_a_recipe_nothing_is_dropped(ws: Workspace) -> None:
    assert current_recipe(ws) == Recipe()
    assert set(states_of(ws)) == {"kept"}
    assert renew_duplicates(ws) == 0


def test_an_accepted_sample_is_never_dropped_for_a_longer_one(ws: Workspace) -> None:
    add_pairs(ws, {(0, 1): 0.95})
    apply_recipe(ws, Recipe(duplicates=Duplicates(threshold=0.9)), "r", "me")
    assert states_of(ws)[:2] == ["kept", "dropped"]
    add_decisions(ws, [1], Decision("accept", "me"))
    renew_duplicates(ws)
    assert states_of(ws)[:2] == ["dropped", "accepted"]
    undo(ws, "me")
    renew_duplicates(ws)
    assert states_of(ws)[:2] == ["kept", "dropped"]


def test_what_is_in_does_not_give_way_to_what_is_out(ws: Workspace) -> None:
    """The longest of three is out by a rule, then rejected: one of the others stays each time."""
    add_pairs(ws, {(0, 1): 0.95, (0, 2): 0.95, (1, 2): 0.95})
    write_signals(ws, 0, {"words": [900.0] + [5.0] * (COUNT - 1)})
    duplicates = Duplicates(threshold=0.9)
    apply_recipe(ws, Recipe(rules=(Rule(signal="words", most=100),), duplicates=duplicates), "r", "me")
    assert states_of(ws)[:3] == ["dropped", "kept", "dropped"]
    apply_recipe(ws, Recipe(duplicates=duplicates), "r", "me")
    assert states_of(ws)[:3] == ["kept", "dropped", "dropped"]
    add_decisions(ws, [0], Decision("reject", "me"))
    renew_duplicates(ws)
    assert states_of(ws)[:3] == ["rejected", "kept", "dropped"]


def test_an_applied_recipe_is_read_back_and_can_be_taken_back(ws: Workspace) -> None:
    add_pairs(ws, {(0, 1): 0.95})
    recipe = Recipe(duplicates=Duplicates(threshold=0.9))
    apply_recipe(ws, recipe, "strict", "me")
    apply_recipe(ws, recipe, "strict", "me")
    assert current_recipe(ws) == recipe
    assert read_duplicates(ws).tolist() == [1]
    assert [(kept.name, kept.reviewer) for kept in latest_recipes(ws, 5)] == [("strict", "me")] * 2
    apply_recipe(ws, Recipe(), "none", "me")
    assert set(states_of(ws)) == {"kept"}


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Duplicates(threshold=0.6), "from a similarity of 0.700 upwards"),
        (
            Duplicates(threshold=0.9, field="output"),
            "among the answers by meaning, only among instructions with their inputs by meaning",
        ),
    ],
)
def test_what_is_not_known_is_refused_and_changes_nothing(ws: Workspace, wanted: Duplicates, said: str) -> None:
    with pytest.raises(NotReady, match="have not been looked for"):
        apply_recipe(ws, Recipe(duplicates=wanted), "r", "me")
    add_pairs(ws, {(0, 1): 0.95})
    apply_recipe(ws, Recipe(duplicates=Duplicates(threshold=0.9)), "first", "me")
    with pytest.raises(NotReady, match=said):
        apply_recipe(ws, Recipe(duplicates=wanted), "second", "me")
    assert [kept.name for kept in latest_recipes(ws, 5)] == ["first"]
    assert read_duplicates(ws).tolist() == [1]


def test_similarity_is_looked_up_in_both_directions(ws: Workspace) -> None:
    add_pairs(ws, {(0, 1): 0.75, (0, 8): 0.8, (3, 4): 0.9})
    edges = read_pairs(ws, latest_space(ws).id)  # type: ignore[union-attr]
    found = similarity_of(edges, np.array([8, 3, 1], np.int32), np.array([0, 4, 0], np.int32), COUNT)
    assert found.tolist() == pytest.approx([0.8, 0.9, 0.75])


def test_ranks_are_a_permutation_by_standing_length_and_age(ws: Workspace) -> None:
    add_decisions(ws, [4], Decision("accept", "me"))
    add_decisions(ws, [0], Decision("reject", "me"))
    assert np.argsort(priority(ws)).tolist() == [4, 1, 2, 3, *range(5, COUNT), 0]


def test_samples_that_came_later_are_counted(ws: Workspace) -> None:
    add_pairs(ws, {(0, 1): 0.95}, samples=COUNT - 2)
    space = latest_space(ws)
    assert space is not None
    assert count_not_compared(ws, space) == 2
    add_pairs(ws, {(0, 1): 0.95})
    assert count_not_compared(ws, latest_space(ws) or space) == 0


DIES = """
import os, sys
from curation.recipe import Duplicates, Recipe, Rule
from curation.stages import curating
from curation.store import open_workspace
curating.write_duplicates = lambda *_: os._exit(9)
recipe = Recipe(rules=(Rule(signal="words", least=3),), duplicates=Duplicates(threshold=0.9))
curating.apply_recipe(open_workspace(sys.argv[1]), recipe, "new", "me")
"""


def test_a_kill_amid_applying_a_recipe_leaves_the_old_one_whole(tmp_path: Path) -> None:
    """N12: the rules are never those of one recipe while the duplicates are those of another."""
    path = tmp_path / "w.duckdb"
    ws = filled(path)
    write_signals(ws, 0, {"words": [1.0] * 4 + [5.0] * (COUNT - 4)})
    add_pairs(ws, {(5, 6): 0.95, (7, 8): 0.8})
    apply_recipe(ws, Recipe(duplicates=Duplicates(threshold=0.75)), "old", "me")
    before = states_of(ws), read_duplicates(ws).tolist(), latest_recipes(ws, 5)
    ws.close()
    died = subprocess.run([sys.executable, "-c", DIES, str(path)], cwd=ROOT, check=False)
    assert died.returncode == 9
    again = open_workspace(path)
    assert again.loss is None
    assert (states_of(again), read_duplicates(again).tolist(), latest_recipes(again, 5)) == before
    again.close()


def test_a_recipe_of_which_the_duplicates_cannot_be_written_changes_nothing(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_pairs(ws, {(0, 1): 0.95})

    def fail(*_: object) -> None:
        raise WorkspaceError("full")

    monkeypatch.setattr(curating, "write_duplicates", fail)
    with pytest.raises(WorkspaceError, match="full"):
        apply_recipe(ws, Recipe(duplicates=Duplicates(threshold=0.9)), "r", "me")
    assert current_recipe(ws) == Recipe()
    assert set(states_of(ws)) == {"kept"}
