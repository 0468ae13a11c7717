"""F16: what a page shows of a workspace that was damaged, and the two ways on."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from curation.sample import Collected, Decision, Origin, Sample
from curation.store import open_workspace
from curation.store.decisions import add_decisions
from curation.store.journal import Tally, write_journal
from curation.store.samples import add_samples, count_samples
from curation.store.settings import read_setting

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("page", ["settings", "import"])
def test_nothing_goes_on_before_a_person_has_said_how(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    path = tmp_path / "w.duckdb"
    monkeypatch.setenv("SIFT_WORKSPACE", str(path))
    ws = open_workspace(path)
    add_samples(ws, "run", [Collected(Sample("Task"), Origin("test", "here", "1"))])
    add_decisions(ws, [0], Decision("accept", "ann"))
    ws.close()
    write_journal(path, Tally(5, 4, 1))

    app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=20).run()
    assert not app.exception
    assert [title.value for title in app.title] == ["Something is missing"]
    assert "3 decisions" in app.error[0].value
    assert str(path) in app.text[0].value
    assert [button.label for button in app.button] == ["Go on with what is there"]

    app.button(key="workspace.accept").click().run()
    assert not app.exception
    assert "Something is missing" not in [title.value for title in app.title]
    again = open_workspace(path)
    assert again.loss is None
    assert "me: 3 decisions" in read_setting(again, "loss accepted")
    assert count_samples(again) == 1
    again.close()
    reopened = open_workspace(path)
    assert reopened.loss is None
    reopened.close()
