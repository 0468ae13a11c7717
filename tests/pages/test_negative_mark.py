"""A bad answer is marked wherever its sample is shown."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from curation.sample import Collected, Origin, Sample
from curation.store import open_workspace
from curation.store.samples import add_samples

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("answer", "title"), [("", "Negative example: an answer to avoid"), ("The Elbe.", "Rejected")])
def test_review_names_the_kind(answer: str, title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "w.duckdb"))
    workspace = open_workspace(tmp_path / "w.duckdb")
    origin = Origin("negatives", "tiny", "sample 1", category="negative example: wrong fact")
    add_samples(workspace, "run", [Collected(Sample("Name a river.", output=answer, rejected="Everest."), origin)])
    workspace.close()
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    page.switch_page("pages/review.py").run()
    assert not page.exception
    assert any(caption.value.startswith(title) for caption in page.caption)
    assert "wrong fact" in " ".join(warning.value for warning in page.warning)
