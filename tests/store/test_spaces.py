"""Which sets of pairs there are, and the one of a kind that was found last."""

from pathlib import Path

import numpy as np
import pytest

from curation.store import Workspace, open_workspace
from curation.store.pairs import WORDS, Edges, find_space, latest_space, list_spaces, write_pairs


@pytest.fixture
def ws(tmp_path: Path):
    workspace = open_workspace(tmp_path / "w.duckdb")
    yield workspace
    workspace.close()


def pair() -> Edges:
    return Edges(np.array([0], np.int32), np.array([1], np.int32), np.array([0.9], np.float32))


def test_without_pairs_there_is_no_space(ws: Workspace) -> None:
    assert list_spaces(ws) == []
    assert latest_space(ws) is None
    assert find_space(ws, "words") is None


def test_the_last_of_a_kind_and_field_is_found_whatever_else_came_later(ws: Workspace) -> None:
    for model, field in (("old", "prompt"), ("m", "output"), ("m", "prompt"), (WORDS, "instruction")):
        write_pairs(ws, model, field, (0.7, 2), pair())
    assert [space.id for space in list_spaces(ws)] == [f"instruction {WORDS}", "prompt m", "output m", "prompt old"]
    assert [space.kind for space in list_spaces(ws)] == ["words", "meaning", "meaning", "meaning"]
    assert [find_space(ws, "meaning", field) for field in ("prompt", "output", "instruction")] == [
        list_spaces(ws)[1], list_spaces(ws)[2], None,
    ]  # fmt: skip
    assert find_space(ws, "words") == find_space(ws, "words", "instruction") == list_spaces(ws)[0]
    assert latest_space(ws) == find_space(ws, "meaning", "prompt")


def test_pairs_that_are_found_again_take_the_place_of_the_earlier_ones(ws: Workspace) -> None:
    for floor in (0.7, 0.8):
        write_pairs(ws, "m", "prompt", (floor, 2), pair())
    assert [space.floor for space in list_spaces(ws)] == [0.8]


def test_the_recall_is_kept_with_the_pairs_and_is_1_where_every_pair_was_looked_at(ws: Workspace) -> None:
    write_pairs(ws, "m", "prompt", (0.7, 2, 0.9934), pair())
    write_pairs(ws, "m", "output", (0.7, 2), pair())
    assert {space.field: space.recall for space in list_spaces(ws)} == {"prompt": pytest.approx(0.9934), "output": 1}
