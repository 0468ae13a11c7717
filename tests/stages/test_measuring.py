"""What is left to measure follows the samples and the signals at once."""

from curation.sample import Collected, Origin, Sample
from curation.stages.measuring import measure, unmeasured
from curation.store import open_workspace
from curation.store.samples import add_samples
from curation.store.signals import write_labels


def add(workspace, *instructions):
    rows = [Collected(Sample(text, output="Yes."), Origin("alpaca", "a.json", text)) for text in instructions]
    add_samples(workspace, "run", rows)


def test_what_is_left_to_measure_is_never_stale(tmp_path):
    workspace = open_workspace(tmp_path / "w.duckdb")
    assert unmeasured(workspace) == 0
    add(workspace, "Name a colour.", "Name a river.")
    assert unmeasured(workspace) == 2
    measure(workspace, lambda _done, _requested: None)
    assert unmeasured(workspace) == 0
    add(workspace, "Name a poet.")
    assert unmeasured(workspace) == 1
    measure(workspace, lambda _done, _requested: None)
    write_labels(workspace, "verb", {0: "name"})
    assert unmeasured(workspace) == 2
    workspace.close()
