"""Machine code is made anew when a file changes that it was made from, also where another one calls it."""

import importlib
import sys
from pathlib import Path

import pytest

CALLED = "from curation.computing.compiled import compiled\n\n@compiled\ndef inner(x):\n    return x + {}\n"
BETWEEN = (
    "from curation.computing.compiled import compiled\nfrom called_one import inner\n\n"
    "@compiled\ndef middle(x):\n    return inner(x)\n"
)
CALLING = (
    "from curation.computing.compiled import compiled\nfrom between_one import middle\n\n"
    "@compiled\ndef outer(x):\n    return 10 * middle(x)\n"
)


def loaded() -> object:
    for name in ("called_one", "between_one", "calling_one"):
        sys.modules.pop(name, None)
    importlib.invalidate_caches()
    return importlib.import_module("calling_one").outer


def test_a_changed_callee_two_files_away_is_compiled_in_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "called_one.py").write_text(CALLED.format("1"))
    (tmp_path / "between_one.py").write_text(BETWEEN)
    (tmp_path / "calling_one.py").write_text(CALLING)
    assert loaded()(1) == 20
    again = loaded()
    assert again(1) == 20
    assert sum(again.stats.cache_hits.values()) == 1
    (tmp_path / "called_one.py").write_text(CALLED.format("20"))
    assert loaded()(1) == 210
