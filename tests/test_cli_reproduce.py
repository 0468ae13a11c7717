"""`sift reproduce`: exit status and words."""

import json
from pathlib import Path

from typer.testing import CliRunner

from curation.cli import cli
from curation.sample import Collected, Decision, Origin, Sample
from curation.store import open_workspace
from curation.store.decisions import add_decisions
from curation.store.samples import add_samples

REASON = "not_measured=written for a test"


def call(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli, [*arguments], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.stdout


def test_an_export_is_made_again_and_told_apart_after_a_decision(tmp_path: Path) -> None:
    path, again = str(tmp_path / "w.duckdb"), tmp_path / "again"
    opened = open_workspace(path)
    add_samples(opened, "run", [Collected(Sample(f"Q{i}", output="A"), Origin("csv", "a", str(i))) for i in range(30)])
    opened.close()
    folder = json.loads(call("export", "-f", "alpaca", "-w", path, "--json", "--override", REASON).splitlines()[-1])[
        "folder"
    ]
    open_workspace(path).close()
    manifest = str(Path(folder) / "manifest.json")
    assert "The same: all " in call("reproduce", manifest, "-w", path, "--to", str(again))
    assert [one.name for one in next(again.iterdir()).glob("alpaca/train.json")] == ["train.json"]

    opened = open_workspace(path)
    add_decisions(opened, list(range(12)), Decision("reject", "me", "dull"))
    opened.close()
    said = call("reproduce", manifest, "-w", path, code=1)
    assert said.startswith("Not the same.\nmanifest counts.after_decisions: 30 then, 18 now\n")
    assert "Samples gone: 12\n  sample 0: rejected by me (" in said
    assert "and 2 more; --json names them all" in said
    assert "\nfile alpaca/train.json: first at line 2, letter " in said
    told = json.loads(call("reproduce", manifest, "-w", path, "--json", code=1).splitlines()[-1])
    assert told["same"] is False
    assert len([one for one in told["samples"] if one["what"] == "gone"]) == 12
    assert told["folder"] is None


def test_what_the_gate_would_hold_back_today_is_a_difference_with_status_1(tmp_path: Path) -> None:
    """As for an export from before the check was there."""
    path = str(tmp_path / "w.duckdb")
    opened = open_workspace(path)
    add_samples(opened, "run", [Collected(Sample("Ask", output="A"), Origin("csv", "a", "1"))])
    opened.close()
    folder = Path(json.loads(call("export", "-w", path, "--json", "--override", REASON).splitlines()[-1])["folder"])
    open_workspace(path).close()
    content = json.loads((folder / "manifest.json").read_text())
    content["options"]["overrides"] = []
    (folder / "manifest.json").write_text(json.dumps(content))
    said = call("reproduce", str(folder / "manifest.json"), "-w", path, code=1).splitlines()
    assert said[0] == "Not the same."
    assert said[1].startswith("gate not_measured: would hold it back now: ")
    assert said[2:] == ["Note: Nothing was written, so no file was compared."]
    told = json.loads(call("reproduce", str(folder / "manifest.json"), "-w", path, "--json", code=1).splitlines()[-1])
    assert [(one["kind"], one["what"]) for one in told["differences"]] == [("gate", "not_measured")]
