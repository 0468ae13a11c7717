"""docs/python.md runs from top to bottom, as a notebook would, with the sample data and the practice model."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOC = ROOT / "docs" / "python.md"


def blocks():
    """(line of the first statement, code) of every fenced block of Python."""
    text = DOC.read_text(encoding="utf-8")
    found = re.finditer(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [(text.count("\n", 0, one.start(1)), one[1]) for one in found]


@pytest.fixture
def offline(monkeypatch, tmp_path):
    for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE"):
        monkeypatch.setenv(name, "1")
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    datasets.disable_progress_bars()


@pytest.mark.usefixtures("offline")
def test_every_block_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sample_data").symlink_to(ROOT / "sample_data", target_is_directory=True)
    names = {}
    for line, code in blocks():
        exec(compile("\n" * line + code, str(DOC), "exec"), names)
    said = capsys.readouterr().out
    assert names["before"] == 215
    assert "10 kept" in said
    assert "5 verdicts" in said
    assert names["found"].total == 225
    assert names["chosen"].steps["after_selection"] == 140
    assert names["chosen"].steps["after_mixture"] < 140
    assert re.search(r"^personal_data 1 1 sample seems to hold personal data", said, re.MULTILINE)
    assert "Overridden: personal_data (1)" in said
    assert {name: len(split) for name, split in names["data"].items()}["gold"] == 20
    assert re.search(r"^True \d+ files$", said, re.MULTILINE)
    assert names["states"]["accepted"] == 3
    assert sum(len(split) for split in names["data"].values()) == names["chosen"].steps["after_mixture"]
    assert names["data"]["train"][0]["messages"][-1]["role"] == "assistant"
