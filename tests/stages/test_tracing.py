"""Where exported samples came from, read in blocks."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from curation.recipe import Mixture, Shape
from curation.sample import Collected, Origin, Sample
from curation.stages import tracing
from curation.stages.planning import plan
from curation.stages.tracing import Traced
from curation.store import Workspace, open_workspace
from curation.store.samples import add_samples, occurrences_of


def test_what_goes_out_again_anywhere_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = open_workspace(tmp_path / "w.duckdb")
    rows = [Collected(Sample(f"Question {i}", output="x"), Origin("alpaca", "a", f"line {i}")) for i in range(60)]
    add_samples(workspace, "run", rows)
    read = []

    def counted(workspace: Workspace, numbers: Sequence[int]) -> dict[int, list[tuple[str, Origin]]]:
        read.append(len(numbers))
        return occurrences_of(workspace, numbers)

    monkeypatch.setattr(tracing, "BLOCK", 7)
    monkeypatch.setattr(tracing, "occurrences_of", counted)
    mixture = Mixture(by="origin", counts=(("a", 150),), repeat=3, order="shuffled")
    chosen = plan(workspace, ("accepted", "kept"), Shape(mixture=mixture))
    traced = Traced(workspace, chosen)
    for _format in range(2):
        written = [sample.id for split in chosen.sizes() for sample in chosen.samples(split)]
        assert len(written) > 120
        assert all(traced[sample_id].sample_id == sample_id for sample_id in written)
    assert sum(read) < 2 * len(traced)
    workspace.close()
