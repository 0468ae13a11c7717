"""A spaCy pipeline in the place of the rules: chosen once loaded, and what it finds is never mixed with theirs."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from curation.errors import ModelError
from curation.stages import extracting
from curation.stages.extracting import EXTRACTOR, choose_extractor, extract
from curation.stages.measuring import MEASURED_WITH, measure, stale
from curation.store import Workspace
from curation.store.settings import read_setting
from curation.store.signals import read_labels
from tests.diversity.test_parsed import Document, Span, Told
from tests.pages.filled import COUNT, filled_workspace


class Singing:
    """A pipeline that finds "sing song" everywhere."""

    def pipe(self, texts: Iterable[str]) -> Iterator[Document]:
        return (Document((Span(Told("sing", "VERB", children=(Told("song", "NOUN", "dobj"),))),)) for _ in texts)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = filled_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def versions(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    found = {"singing": "1.0"}
    monkeypatch.setattr(extracting, "installed_pipelines", lambda: found)
    monkeypatch.setattr(extracting, "load_pipeline", lambda _name: Singing())
    return found


@pytest.mark.usefixtures("versions")
def test_what_another_extractor_found_is_stale_and_measured_again(workspace: Workspace) -> None:
    assert stale(workspace) == []
    choose_extractor(workspace, "singing")
    assert stale(workspace) == ["verb", "object"]
    measure(workspace, lambda _done, _requested: None)
    assert (read_labels(workspace, "verb"), read_labels(workspace, "object")) == (["sing"] * COUNT, ["song"] * COUNT)
    assert "singing 1.0" in json.loads(read_setting(workspace, MEASURED_WITH))["verb"]
    choose_extractor(workspace, "")
    assert stale(workspace) == ["verb", "object"]


def test_a_pipeline_of_another_version_has_to_be_chosen_again(workspace: Workspace, versions: dict[str, str]) -> None:
    choose_extractor(workspace, "singing")
    versions["singing"] = "2.0"
    with pytest.raises(ModelError, match=r"no longer of version 1\.0; choose it again"):
        extract(workspace, ["Write a poem."])
    choose_extractor(workspace, "singing")
    assert extract(workspace, ["Write a poem."]) == [("sing", "song")]


def test_what_cannot_be_loaded_is_not_kept(workspace: Workspace) -> None:
    with pytest.raises(ModelError, match="is not installed"):
        choose_extractor(workspace, "no_such_pipeline")
    assert read_setting(workspace, EXTRACTOR) == ""
