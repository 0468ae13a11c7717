"""Endpoints are kept without their keys (T6, T20)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest

from curation.errors import BadInput
from curation.model import Endpoint
from curation.stages.endpoints import (
    ENDPOINTS,
    drop_key,
    read_endpoints,
    remove_endpoint,
    save_endpoint,
    with_endpoint,
    write_endpoints,
)
from curation.stages.practice import NAME as PRACTICE
from curation.store import Workspace, open_workspace
from curation.store.settings import read_setting, write_setting
from tests.model.memory_keyring import MemoryKeyring

MAIN = Endpoint("Main", "https://api.example.com/v1", "large", "MAIN_KEY")
LOCAL = Endpoint("Local", "http://127.0.0.1:11434/v1", "small")

CANARY = "sk-CANARY-stage-55aa"


@pytest.fixture
def memory() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    kept = MemoryKeyring()
    keyring.set_keyring(kept)
    yield kept
    keyring.set_keyring(before)


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
    "endpoints",
    [
        [MAIN, MAIN],
        [Endpoint(" ", MAIN.base_url, "m")],
        [Endpoint("A", MAIN.base_url, "")],
        [replace(MAIN, name=PRACTICE)],
    ],
)
def test_two_of_one_name_and_nameless_ones_are_refused(ws: Workspace, endpoints: list[Endpoint]) -> None:
    write_endpoints(ws, [LOCAL])
    with pytest.raises(BadInput):
        write_endpoints(ws, endpoints)
    assert read_endpoints(ws) == [LOCAL]


WRONG = '[{"name": "x", "base_url": "http://a.example", "model": "m", "parallel": "8"}]'


@pytest.mark.parametrize("text", ["{", "[1]", '[{"name": "x"}]', '[{"name": "x", "key": "sk-1"}]', "7", WRONG])
def test_a_setting_changed_by_hand_is_one_clear_sentence(ws: Workspace, text: str) -> None:
    write_setting(ws, ENDPOINTS, text)
    with pytest.raises(BadInput, match="endpoints"):
        read_endpoints(ws)


def test_replacing_keeps_the_place_and_a_new_one_goes_last() -> None:
    other = Endpoint("Other", MAIN.base_url, "m")
    assert with_endpoint([MAIN, LOCAL], "Main", other) == [other, LOCAL]
    assert with_endpoint([MAIN], "", LOCAL) == [MAIN, LOCAL]


def test_a_list_from_before_limits_and_prices_is_read(ws: Workspace) -> None:
    write_setting(
        ws, ENDPOINTS, '[{"name": "Main", "base_url": "https://api.example.com/v1", "model": "large", "key_env": "K"}]'
    )
    assert read_endpoints(ws) == [replace(MAIN, key_env="K")]


def test_limits_and_prices_are_kept(ws: Workspace) -> None:
    full = replace(MAIN, parallel=3, requests_per_minute=60, tokens_per_minute=9000, timeout=5.5)
    priced = replace(LOCAL, prompt_price=0.0375, completion_price=0.0)
    write_endpoints(ws, [full, priced])
    assert read_endpoints(ws) == [full, priced]


def test_a_typed_key_goes_to_the_keyring_alone(ws: Workspace, memory: MemoryKeyring) -> None:
    """T20: and it stays there through an edit, until nothing here uses it."""
    new = save_endpoint(ws, [], "", LOCAL, CANARY)
    assert new == replace(LOCAL, in_keyring=True)
    assert list(memory.entries.values()) == [CANARY]
    assert save_endpoint(ws, [new], "Local", replace(LOCAL, model="other")).in_keyring
    assert CANARY not in read_setting(ws, ENDPOINTS)
    twin = replace(new, name="Twin")
    write_endpoints(ws, [new, twin])
    remove_endpoint(ws, [new, twin], "Local")
    assert list(memory.entries.values()) == [CANARY]
    remove_endpoint(ws, [twin], "Twin")
    assert memory.entries == {}
    assert read_endpoints(ws) == []


def test_t6_a_move_drops_the_key_in_the_keyring(ws: Workspace, memory: MemoryKeyring) -> None:
    saved = save_endpoint(ws, [], "", LOCAL, CANARY)
    moved = save_endpoint(ws, [saved], "Local", replace(LOCAL, base_url="http://127.0.0.1:9/v1"))
    assert moved.in_keyring is False
    assert memory.entries == {}
    again = save_endpoint(ws, [moved], "Local", moved, "another-key")
    assert list(memory.entries) == [(f"sift:{again.origin}", "api-key")]


def test_a_variable_takes_the_place_of_the_keyring(ws: Workspace, memory: MemoryKeyring) -> None:
    saved = save_endpoint(ws, [], "", LOCAL, CANARY)
    assert save_endpoint(ws, [saved], "Local", replace(LOCAL, key_env="K")) == replace(LOCAL, key_env="K")
    assert memory.entries == {}
    with pytest.raises(BadInput, match="one of the two"):
        save_endpoint(ws, [saved], "Local", replace(LOCAL, key_env="K"), CANARY)


def test_a_dropped_key_is_gone_for_every_endpoint_of_its_origin(ws: Workspace, memory: MemoryKeyring) -> None:
    saved = save_endpoint(ws, [], "", LOCAL, CANARY)
    drop_key(ws, [saved, replace(saved, name="Twin"), MAIN], saved.origin)
    assert read_endpoints(ws) == [LOCAL, replace(LOCAL, name="Twin"), MAIN]
    assert memory.entries == {}


def test_what_cannot_be_kept_changes_nothing(ws: Workspace, memory: MemoryKeyring) -> None:
    write_endpoints(ws, [MAIN])
    with pytest.raises(BadInput, match="of this name"):
        save_endpoint(ws, [MAIN], "", replace(LOCAL, name="Main"), CANARY)
    with pytest.raises(BadInput, match="Copy it again"):
        save_endpoint(ws, [MAIN], "", LOCAL, "not a key")
    assert memory.entries == {}
    assert read_endpoints(ws) == [MAIN]


def test_a_workspace_from_another_computer_can_be_tidied(ws: Workspace, memory: MemoryKeyring) -> None:
    """Where there is no keyring, an endpoint that used one is removed, and the reader is told."""
    keyring.set_keyring(keyring.backends.fail.Keyring())
    saved = replace(LOCAL, in_keyring=True)
    write_endpoints(ws, [saved])
    with pytest.raises(BadInput, match="may still be there"):
        remove_endpoint(ws, [saved], "Local")
    assert read_endpoints(ws) == []
    assert memory.entries == {}
