"""Endpoints are kept without their keys."""

from pathlib import Path

import pytest

from curation.errors import BadInput
from curation.model import Endpoint
from curation.stages.endpoints import ENDPOINTS, read_endpoints, with_endpoint, write_endpoints
from curation.store import Workspace, open_workspace
from curation.store.settings import read_setting, write_setting

MAIN = Endpoint("Main", "https://api.example.com/v1", "large", "MAIN_KEY")
LOCAL = Endpoint("Local", "http://127.0.0.1:11434/v1", "small")


@pytest.fixture
def ws(tmp_path: Path):
    opened = open_workspace(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def test_none_at_first_and_what_is_written_is_read(ws: Workspace) -> None:
    assert read_endpoints(ws) == []
    write_endpoints(ws, [MAIN, LOCAL])
    assert read_endpoints(ws) == [MAIN, LOCAL]


def test_only_the_name_of_the_variable_is_kept(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """T6: the value of the key never reaches the workspace."""
    monkeypatch.setenv("MAIN_KEY", "very-secret-value")
    write_endpoints(ws, [MAIN])
    kept = read_setting(ws, ENDPOINTS)
    assert "MAIN_KEY" in kept
    assert "very-secret-value" not in kept


@pytest.mark.parametrize(
    "endpoints", [[MAIN, MAIN], [Endpoint(" ", MAIN.base_url, "m")], [Endpoint("A", MAIN.base_url, "")]]
)
def test_two_of_one_name_and_nameless_ones_are_refused(ws: Workspace, endpoints: list[Endpoint]) -> None:
    write_endpoints(ws, [LOCAL])
    with pytest.raises(BadInput):
        write_endpoints(ws, endpoints)
    assert read_endpoints(ws) == [LOCAL]


@pytest.mark.parametrize("text", ["{", "[1]", '[{"name": "x"}]', '[{"name": "x", "key": "sk-1"}]', "7"])
def test_a_setting_changed_by_hand_is_one_clear_sentence(ws: Workspace, text: str) -> None:
    write_setting(ws, ENDPOINTS, text)
    with pytest.raises(BadInput, match="endpoints"):
        read_endpoints(ws)


def test_replacing_keeps_the_place_and_a_new_one_goes_last() -> None:
    other = Endpoint("Other", MAIN.base_url, "m")
    assert with_endpoint([MAIN, LOCAL], "Main", other) == [other, LOCAL]
    assert with_endpoint([MAIN], "", LOCAL) == [MAIN, LOCAL]
