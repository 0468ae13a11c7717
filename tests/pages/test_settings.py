"""The Settings page: what is typed is kept, and a key's variable never follows an address to another host."""

from dataclasses import replace
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest
from streamlit.testing.v1 import AppTest

from curation.errors import ModelError
from curation.model import Endpoint
from curation.stages import embedding
from curation.stages.embedding import EMBEDDER
from curation.stages.endpoints import ENDPOINTS, read_endpoints, write_endpoints
from curation.store import Workspace
from curation.store.settings import read_setting, write_setting
from pages._parts import settings_endpoints
from pages._parts.workspace import reviewer
from tests.model.memory_keyring import MemoryKeyring

APP = str(Path(__file__).resolve().parents[2] / "app.py")
CANARY = "sk-CANARY-page-e81b"
MAIN = Endpoint("Main", "https://api.example.com/v1", "large", "MAIN_KEY")


@pytest.fixture
def memory():
    before = keyring.get_keyring()
    kept = MemoryKeyring()
    keyring.set_keyring(kept)
    yield kept
    keyring.set_keyring(before)


def _page() -> AppTest:
    at = AppTest.from_file(APP, default_timeout=30).run().switch_page("pages/settings.py").run()
    assert not at.exception
    assert at.title[0].value == "Settings"
    return at


def _save(at: AppTest, **typed: str) -> AppTest:
    for field, value in typed.items():
        at.text_input(key=f"settings.endpoint.form.{field}").set_value(value)
    next(button for button in at.button if button.key == "settings.endpoint.save").click().run()
    assert not at.exception
    return at


def test_the_workspace_and_the_reviewer(ws: Workspace) -> None:
    at = _page()
    assert at.code[0].value == str(ws.path)
    at.text_input(key="settings.reviewer").set_value("  Ada   L. ").run()
    assert reviewer(ws) == "Ada L."
    at.text_input(key="settings.reviewer").set_value(" ").run()
    assert reviewer(ws) == "Ada L."
    assert at.text_input(key="settings.reviewer").value == "Ada L."


def test_an_endpoint_is_added_changed_and_removed(ws: Workspace) -> None:
    at = _save(_page(), name="Main", base_url="https://api.example.com/v1/", model="large", key_env="MAIN_KEY")
    assert read_endpoints(ws) == [MAIN]
    assert at.text_input(key="settings.endpoint.form.name").value == ""
    at.button(key="settings.endpoint.0.edit").click().run()
    _save(at, model="small")
    assert read_endpoints(ws) == [Endpoint("Main", MAIN.base_url, "small", "MAIN_KEY")]
    at.button(key="settings.endpoint.0.remove").click().run()
    assert read_endpoints(ws) == []


def test_a_moved_address_loses_its_key_and_the_page_says_so(ws: Workspace) -> None:
    """T6: scheme, host or port changed, so the saved variable is not carried over."""
    write_endpoints(ws, [MAIN])
    at = _page()
    at.button(key="settings.endpoint.0.edit").click().run()
    _save(at, base_url="https://evil.example/v1")
    assert read_endpoints(ws) == [Endpoint("Main", "https://evil.example/v1", "large", "")]
    assert "without its key" in at.warning[0].value


def test_a_key_in_place_of_its_variable_is_refused(ws: Workspace) -> None:
    at = _save(_page(), name="Main", base_url="https://api.example.com/v1", model="m", key_env="sk-abcdef123456")
    assert "Do not enter the key itself" in at.error[0].value
    assert read_setting(ws, ENDPOINTS) == ""


def test_a_typed_key_is_in_the_keyring_and_nowhere_else(ws: Workspace, memory: MemoryKeyring) -> None:
    """T7, T20: not in the session, on the page, in the database or its log; also when it cannot be kept."""
    keyring.set_keyring(keyring.backends.fail.Keyring())
    at = _save(_page(), name="Main", base_url=MAIN.base_url, model="large", key=CANARY)
    assert "keyring cannot be used" in at.error[0].value
    assert read_endpoints(ws) == []
    keyring.set_keyring(memory)
    _save(at, key=CANARY)
    assert read_endpoints(ws) == [replace(MAIN, key_env="", in_keyring=True)]
    assert list(memory.entries.values()) == [CANARY]
    assert CANARY not in repr(at.session_state)
    assert CANARY not in str(at)
    for path in ws.path.parent.iterdir():
        assert path.is_dir() or CANARY.encode() not in path.read_bytes(), path
    at.button(key="settings.endpoint.0.forget").click().run()
    assert memory.entries == {}
    assert read_endpoints(ws) == [replace(MAIN, key_env="")]


def test_limits_and_prices_are_typed_and_shown(ws: Workspace) -> None:
    write_endpoints(ws, [Endpoint("Main", "https://api.openai.com/v1", "gpt-4o-mini")])
    at = _page()
    assert any("$0.15 read, $0.60 written per million tokens" in text.value for text in at.text)
    at.button(key="settings.endpoint.0.edit").click().run()
    for field, number in {
        "parallel": 2,
        "requests_per_minute": 60,
        "prompt_price": 0.25,
        "completion_price": 0.0,
    }.items():
        at.number_input(key=f"settings.endpoint.form.{field}").set_value(number)
    _save(at)
    kept = read_endpoints(ws)[0]
    assert (kept.parallel, kept.requests_per_minute, kept.prompt_price, kept.completion_price) == (2, 60, 0.25, 0.0)
    assert any("2 requests at a time, 60 a minute · $0.25 read" in text.value for text in at.text)
    assert at.number_input(key="settings.endpoint.form.parallel").value == 8
    at.button(key="settings.endpoint.0.edit").click().run()
    at.number_input(key="settings.endpoint.form.prompt_price").set_value(None)
    _save(at)
    assert "both prices" in at.error[0].value
    assert read_endpoints(ws) == [kept]


def test_the_practice_model_is_there_and_has_nothing_to_change(ws: Workspace) -> None:
    at = _page()
    assert any(text.value.startswith("Practice model\nbuilt in") for text in at.text)
    assert not [
        button for button in at.button if button.key in {"settings.endpoint.0.edit", "settings.endpoint.0.remove"}
    ]
    at.button(key="settings.endpoint.practice.test").click().run()
    assert "works" in at.success[0].value
    assert read_setting(ws, ENDPOINTS) == ""


def test_the_form_is_empty_after_another_page(ws: Workspace) -> None:
    write_endpoints(ws, [MAIN])
    at = _page()
    at.button(key="settings.endpoint.0.edit").click().run()
    at.switch_page("pages/import.py").run()
    at.switch_page("pages/settings.py").run()
    assert any(text.value == "Add a model" for text in at.text)
    assert at.text_input(key="settings.endpoint.form.name").value == ""


@pytest.mark.parametrize("url", ["ftp://x", "http://169.254.169.254/v1", "https://u:p@h/v1", ""])
def test_an_address_that_cannot_be_is_refused(ws: Workspace, url: str) -> None:
    """T4."""
    at = _save(_page(), name="Main", base_url=url, model="m")
    assert len(at.error) == 1
    assert read_endpoints(ws) == []
    assert at.text_input(key="settings.endpoint.form.name").value == "Main"


def test_a_connection_is_tested_on_click(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(endpoint: Endpoint) -> str:
        if endpoint.model == "bad":
            raise ModelError("No *such* model.", "not found")
        return "Main works."

    monkeypatch.setattr(settings_endpoints, "test_connection", answer)
    write_endpoints(ws, [MAIN, Endpoint("Other", MAIN.base_url, "bad")])
    at = _page()
    at.button(key="settings.endpoint.0.test").click().run()
    assert [said.value for said in at.success] == [r"Main works\."]
    at.button(key="settings.endpoint.1.test").click().run()
    assert [said.value for said in at.error] == [r"No \*such\* model\."]


def test_a_damaged_list_of_endpoints_can_be_replaced(ws: Workspace) -> None:
    write_setting(ws, ENDPOINTS, "{")
    at = _page()
    assert "cannot be read" in at.error[0].value
    _save(at, name="Main", base_url=MAIN.base_url, model="large", key_env="MAIN_KEY")
    assert read_endpoints(ws) == [MAIN]


def test_an_embedding_model_is_tried_before_it_is_kept(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    class Tried:
        def __init__(self, model: str, precision: str) -> None:
            self.model, self.precision = model, precision

        def __call__(self, texts: list[str]) -> list[list[float]]:
            if self.model == "broken":
                raise ModelError("It could not be loaded.")
            return [[0.0] * 12 for _ in texts]

    monkeypatch.setattr(embedding, "SentenceTransformerModel", Tried)
    at = _page()
    at.radio(key="settings.embedder.kind").set_value("Another sentence-transformers model").run()
    assert at.button(key="settings.embedder.use").disabled
    at.text_input(key="settings.embedder.name").set_value("broken").run()
    at.button(key="settings.embedder.use").click().run()
    assert len(at.error) == 1
    assert read_setting(ws, EMBEDDER) == ""
    at.text_input(key="settings.embedder.name").set_value("good").run()
    at.button(key="settings.embedder.use").click().run()
    assert "12 numbers per text" in at.success[0].value
    assert read_setting(ws, EMBEDDER) == "good"
