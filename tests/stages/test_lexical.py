"""Pairs by words and how new each instruction was, found and stored for a workspace."""

from pathlib import Path

import numpy as np
import pytest

from curation import runs
from curation.errors import Cancelled
from curation.rouge import Pool
from curation.sample import Collected, Origin, Sample
from curation.stages import lexical
from curation.stages.lexical import find_lexical_pairs, lexical_job
from curation.store import Workspace, open_workspace
from curation.store.pairs import find_space, latest_space, list_spaces, read_pairs
from curation.store.samples import add_samples
from curation.store.signals import list_measured, read_numbers

TEXTS = [
    "?!", "Name a colour.", "Name a warm colour.", "Sort these numbers in falling order.", "name a COLOUR", "!!",
    "Give me a colour.", "Name a warm colour, please!",
]  # fmt: skip


@pytest.fixture
def ws(tmp_path: Path):
    opened = open_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def fill(ws: Workspace, texts: list[str]) -> None:
    rows = [Collected(Sample(text, output=str(n)), Origin("t", "s", str(n))) for n, text in enumerate(texts)]
    add_samples(ws, "run", rows)


def state(ws: Workspace) -> tuple[object, ...]:
    space = find_space(ws, "words", "instruction")
    assert space is not None
    edges = read_pairs(ws, space.id)
    columns = (edges.a, edges.b, edges.similarity, edges.copies)
    signals = (read_numbers(ws, "earlier_rouge"), read_numbers(ws, "earlier_sample"))
    return (space.floor, space.samples, *(part.tolist() for part in columns), *(str(part.tolist()) for part in signals))


def test_pairs_and_the_nearest_earlier_instruction_are_those_of_the_pool(ws: Workspace) -> None:
    fill(ws, TEXTS)
    note = runs.run_now(ws, lexical_job(ws))
    assert note == "8 instructions compared, 4 pairs by words found."
    edges = read_pairs(ws, "instruction rouge-l")
    assert list(zip(edges.a.tolist(), edges.b.tolist(), strict=True)) == [(1, 2), (1, 7), (2, 7)]
    assert edges.copies.tolist() == [[1, 4]]
    scores = read_numbers(ws, "earlier_rouge")
    expected = [Pool(TEXTS[:n]).nearest([text], 1)[0].most for n, text in enumerate(TEXTS)]
    assert scores.tolist() == expected  # below the floor too
    assert read_numbers(ws, "earlier_sample").tolist() == pytest.approx(
        [np.nan, np.nan, 1, np.nan, 1, np.nan, 1, 2], nan_ok=True
    )


def test_twice_is_once_and_a_new_sample_counts(ws: Workspace) -> None:
    fill(ws, TEXTS)
    find_lexical_pairs(ws)
    once = state(ws)
    find_lexical_pairs(ws)
    assert state(ws) == once
    assert len(list_spaces(ws)) == 1
    fill(ws, [*TEXTS, "Name a warm dark colour."])
    find_lexical_pairs(ws)
    assert state(ws) != once
    assert read_numbers(ws, "earlier_sample")[8] == 2


def test_an_empty_workspace_ends_well(ws: Workspace) -> None:
    assert runs.run_now(ws, lexical_job(ws)) == "0 instructions compared, 0 pairs by words found."
    assert state(ws)[1] == 0
    assert not list_measured(ws)


def test_one_sample_has_nothing_before_it(ws: Workspace) -> None:
    fill(ws, ["Name a colour."])
    assert find_lexical_pairs(ws) == 0
    assert read_numbers(ws, "earlier_rouge").tolist() == [0.0]
    assert "earlier_sample" not in list_measured(ws)


def test_pairs_by_words_do_not_pass_for_pairs_by_meaning(ws: Workspace) -> None:
    fill(ws, TEXTS)
    find_lexical_pairs(ws)
    assert latest_space(ws) is None


def test_stopping_keeps_what_was_there(ws: Workspace) -> None:
    fill(ws, TEXTS)
    find_lexical_pairs(ws, 0.9)
    before = state(ws)

    def stop(*_step: int) -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        find_lexical_pairs(ws, lexical.FLOOR, stop)
    assert state(ws) == before


def test_progress_is_told_in_samples(ws: Workspace) -> None:
    fill(ws, TEXTS)
    steps: list[tuple[int, int]] = []
    find_lexical_pairs(ws, step=lambda *step: steps.append(step))
    assert steps == sorted(steps)
    assert steps[-1] == (8, 8)


def test_ten_thousand_equal_instructions_are_one_text(ws: Workspace) -> None:
    fill(ws, ["Say hello."] * 10_000 + ["Say hello twice."])
    assert find_lexical_pairs(ws) == 10_000  # 9,999 copies and one pair
    assert set(read_numbers(ws, "earlier_sample")[1:10_000].tolist()) == {0.0}
    assert read_numbers(ws, "earlier_rouge")[10_000] == Pool(["Say hello."]).nearest(["Say hello twice."])[0].most
