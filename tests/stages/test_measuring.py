"""What is left to measure follows the samples and the signals at once."""

import pytest

from curation.errors import Cancelled
from curation.sample import Collected, Origin, Sample
from curation.signals import SIGNALS
from curation.signals.words import Words
from curation.stages.extracting import RULES_VERSION
from curation.stages.measuring import MEASURED_WITH, VERB_OBJECT, measure, stale, tier_of, unmeasured
from curation.store import open_workspace
from curation.store.samples import add_samples
from curation.store.settings import write_setting
from curation.store.signals import list_measured, read_numbers, write_labels, write_signals


def quiet(_done, _requested):
    pass


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


def test_a_new_version_makes_old_values_stale_and_only_those(tmp_path, monkeypatch):
    workspace = open_workspace(tmp_path / "w.duckdb")
    add(workspace, "Name a colour.", "Name a river.")
    measure(workspace, quiet)
    assert stale(workspace) == []
    monkeypatch.setattr(Words, "version", 2)
    monkeypatch.setattr(Words, "__call__", lambda _self, samples: [7.0] * len(samples))
    assert stale(workspace) == ["words"]
    assert unmeasured(workspace) == 2
    write_signals(workspace, 0, {"characters": [99.0, 99.0]})
    measure(workspace, quiet)
    assert read_numbers(workspace, "words").tolist() == [7, 7]
    assert read_numbers(workspace, "characters").tolist() == [99, 99]
    assert (stale(workspace), unmeasured(workspace)) == ([], 0)
    workspace.close()


def test_values_from_before_versions_were_noted_count_as_the_first_version(tmp_path):
    workspace = open_workspace(tmp_path / "w.duckdb")
    add(workspace, "Name a colour.")
    measure(workspace, quiet)
    write_setting(workspace, MEASURED_WITH, "{}")
    later = [name for name, signal in SIGNALS.items() if signal.version > 1] + [*VERB_OBJECT] * (RULES_VERSION > 1)
    assert stale(workspace) == later
    workspace.close()


def test_cheap_signals_are_there_when_measuring_is_stopped_before_the_slow_ones(tmp_path):
    workspace = open_workspace(tmp_path / "w.duckdb")
    add(workspace, *(f"Name colour {n}." for n in range(3)))
    seen = []

    def stop(done, requested):
        seen.append((done, requested))
        if len(seen) == 3:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        measure(workspace, stop)
    measured = list_measured(workspace)
    assert {tier_of(name) for name in measured} == {1, 2}
    outcome = measure(workspace, quiet)
    assert list(outcome.seconds) == [3]
    assert str(outcome).startswith("3 samples measured on ")
    assert "for tier 3" in str(outcome)
    assert str(measure(workspace, quiet)) == f"0 samples measured on {len(SIGNALS) + 2} signals."
    workspace.close()
