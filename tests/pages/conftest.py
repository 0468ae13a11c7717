"""What tests of pages share: an empty workspace that the pages open as well."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from curation.store import Workspace, open_workspace


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "w.duckdb"))
    opened = open_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()
