"""The form for a new model endpoint or a changed one.

A key that is typed goes to the keyring when the form is sent, and out of the session in the same moment (T6, T20).
"""

from dataclasses import MISSING, fields

import streamlit as st

from curation.errors import CurationError
from curation.model import Endpoint
from curation.model.prices import listed_price
from curation.stages.endpoints import save_endpoint
from curation.store import Workspace
from curation.store.people import refusal
from pages._parts.plain import plain
from pages._parts.settings_endpoint_words import price_in_words

EDITED = "settings.endpoint.edited"
SAID = "settings.endpoint.said"
KEY = "settings.endpoint.form.key"
EMPTY = {field.name: "" if field.default is MISSING else field.default for field in fields(Endpoint)}
TYPED = [name for name in EMPTY if name != "in_keyring"]


def edit(endpoint: Endpoint | None) -> None:
    """Fill the form with an endpoint, or empty it for a new one."""
    st.session_state[EDITED] = endpoint.name if endpoint else ""
    st.session_state[KEY] = ""
    for field in TYPED:
        st.session_state[_key(field)] = getattr(endpoint, field) if endpoint else EMPTY[field]


def show_form(workspace: Workspace, endpoints: list[Endpoint]) -> None:
    """Show the form and what came of saving it."""
    if _key("name") not in st.session_state:
        edit(None)
    kind, said = st.session_state.pop(SAID, ("", ""))
    if said:
        {"warning": st.warning, "error": st.error, "success": st.success}[kind](plain(said))
    name = st.session_state[EDITED]
    saved = next((endpoint for endpoint in endpoints if endpoint.name == name), None)
    with st.form("settings.endpoint.form"):
        st.text(f"Change {name}" if name else "Add a model")
        _show_address()
        _show_key(saved)
        _show_limits()
        _show_prices(saved)
        barred = refusal(workspace, "models")
        with st.container(horizontal=True):
            st.form_submit_button("Save" if name else "Add", type="primary", key="settings.endpoint.save",
                disabled=bool(barred), help=barred or None,
                on_click=_save, args=(workspace, endpoints, saved))  # fmt: skip
            if name:
                st.form_submit_button("Cancel", key="settings.endpoint.cancel", on_click=edit, args=(None,))


def _show_address() -> None:
    name, address, model = st.columns([2, 4, 3])
    name.text_input("Name", key=_key("name"), placeholder="Main", max_chars=80)
    address.text_input("Address", key=_key("base_url"), placeholder="https://api.openai.com/v1", max_chars=500,
        help="Up to and with its version, before /chat/completions. http://localhost:11434/v1 for Ollama, for example."
    )  # fmt: skip
    model.text_input("Model", key=_key("model"), placeholder="as the endpoint names it", max_chars=200)


def _show_key(saved: Endpoint | None) -> None:
    variable, key = st.columns(2)
    kept = saved is not None and saved.in_keyring
    variable.text_input(
        "Environment variable with the key", key=_key("key_env"), placeholder="OPENAI_API_KEY", max_chars=200
    )
    key.text_input(
        "Or the key itself, for this computer's keyring", key=KEY, type="password", max_chars=4096,
        placeholder="one is kept; a new one takes its place" if kept else "", autocomplete="new-password",
        icon=":material/key:",
    )  # fmt: skip
    st.caption(
        "Leave both empty where no key is needed. A typed key goes to the operating system's keyring and nowhere else. "
        "A key belongs to one host: when the address moves to another, the key stays behind."
    )


def _show_limits() -> None:
    parallel, requests, tokens, seconds = st.columns(4)
    parallel.number_input("Requests at a time", 1, 256, key=_key("parallel"), step=1)
    requests.number_input("Requests a minute (0: any)", 0, 1_000_000, key=_key("requests_per_minute"), step=10,
        help="Sift also slows down by itself when the endpoint says that it is too much.")  # fmt: skip
    tokens.number_input("Tokens a minute (0: any)", 0, 1_000_000_000, key=_key("tokens_per_minute"), step=10_000,
        help="Read and written together.")  # fmt: skip
    seconds.number_input("Seconds to wait for an answer", 1.0, 3600.0, key=_key("timeout"), step=10.0, format="%.0f")


def _show_prices(saved: Endpoint | None) -> None:
    prompt, completion, listed = st.columns([1, 1, 2], vertical_alignment="bottom")
    for place, field, what in ((prompt, "prompt_price", "read"), (completion, "completion_price", "written")):
        place.number_input(f"US$ per million tokens {what}", 0.0, key=_key(field), value=None, step=0.01,
            format="%.4f", placeholder="as listed")  # fmt: skip
    if saved:
        found = price_in_words(listed_price(saved.base_url, saved.model))
        listed.text(f"Listed for {saved.model}: {found}.\nEmpty: as listed.")
    else:
        listed.caption("Empty: as in the bundled price list, which is shown when the model is added.")


def _save(workspace: Workspace, endpoints: list[Endpoint], saved: Endpoint | None) -> None:
    key = str(st.session_state[KEY])
    st.session_state[KEY] = ""
    try:
        new = save_endpoint(workspace, endpoints, saved.name if saved else "", _typed(), key)
    except CurationError as error:
        st.session_state[SAID] = ("error", str(error))
        return
    st.session_state[SAID] = _said(saved, new)
    edit(None)


def _typed() -> Endpoint:
    text = {field: str(st.session_state[_key(field)]).strip() for field in ("name", "base_url", "model", "key_env")}
    whole = {field: int(st.session_state[_key(field)])
             for field in ("parallel", "requests_per_minute", "tokens_per_minute")}  # fmt: skip
    return Endpoint(
        name=text["name"],
        base_url=text["base_url"],
        model=text["model"],
        key_env=text["key_env"],
        parallel=whole["parallel"],
        requests_per_minute=whole["requests_per_minute"],
        tokens_per_minute=whole["tokens_per_minute"],
        prompt_price=st.session_state[_key("prompt_price")],
        completion_price=st.session_state[_key("completion_price")],
        timeout=float(st.session_state[_key("timeout")]),
    )


def _said(saved: Endpoint | None, new: Endpoint) -> tuple[str, str]:
    had = saved is not None and (saved.in_keyring or saved.key_env)
    if not had or new.in_keyring or new.key_env or (saved and saved.origin == new.origin):
        return "success", f"{new.name} is saved."
    return "warning", (
        f"{new.name} is saved without its key: the address is now {new.origin}, and the key was meant for "
        "the one before. Edit it and enter the variable or the key again if this address may have it."
    )


def _key(field: str) -> str:
    return f"settings.endpoint.form.{field}"
