"""What a person adds is measured, embedded and placed behind the scenes, where the others are (I15)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from curation import runs
from curation.sample import Sample
from curation.stages import refreshing
from curation.stages.measuring import unmeasured
from curation.stages.refreshing import refresh_job, refresh_later
from curation.stages.revising import By, edit
from curation.store import Workspace
from curation.store.maps import latest_map, read_positions
from curation.store.signals import signals_of
from curation.store.vectors import missing_texts
from tests.pages.filled import COUNT, MODEL, filled_workspace


class EightNumbers:
    """In place of the embedding model: the vectors of the filled workspace have eight numbers."""

    revision = MODEL


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    import numpy as np

    from curation.store.vectors import write_vectors

    def embed(workspace: Workspace, _model: object, field: str, _step: runs.Step) -> int:
        keys = [key for key, _ in missing_texts(workspace, MODEL, field)]
        write_vectors(workspace, MODEL, keys, np.eye(8, dtype=np.float32)[: len(keys)])
        return len(keys)

    monkeypatch.setattr(refreshing, "chosen_embedder", lambda _workspace: EightNumbers())
    monkeypatch.setattr(refreshing, "embed", embed)
    opened = filled_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def test_i15_an_edited_sample_gets_signals_a_vector_and_a_place(ws: Workspace) -> None:
    new = edit(ws, 3, Sample("Translate a short letter into verse.", output="Here it is."), By("me", "e"))
    assert new == COUNT
    assert signals_of(ws, new) == []
    refresh_later(ws)
    for run in runs.running(ws):
        runs.wait(run, 30)
    assert len(signals_of(ws, new)) > 10
    assert missing_texts(ws, MODEL, "prompt") == []
    shown = latest_map(ws)
    assert shown is not None
    assert new in read_positions(ws, shown.id)[0]
    assert runs.run_now(ws, refresh_job(ws)).startswith("0 new samples measured, 0 texts")


def test_a_workspace_in_which_little_is_measured_is_left_alone(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(ws, 3, Sample("Something new."), By("me", "e"))
    monkeypatch.setattr(refreshing, "MOST", 0)
    runs.run_now(ws, refresh_job(ws))
    assert unmeasured(ws) == 1
