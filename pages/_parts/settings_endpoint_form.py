"""The form for a new model endpoint or a changed one. It takes the name of a variable, never a key (T6)."""

import streamlit as st

from curation.errors import CurationError
from curation.model import Endpoint
from curation.stages.endpoints import revised, with_endpoint, write_endpoints
from curation.store import Workspace
from pages._parts.plain import plain

EDITED = "settings.endpoint.edited"
SAID = "settings.endpoint.said"
FIELDS = {
    "name": ("Name", "Main"),
    "base_url": ("Address", "https://api.openai.com/v1"),
    "model": ("Model", "as the endpoint names it"),
    "key_env": ("Environment variable with the key", "OPENAI_API_KEY, or empty where no key is needed"),
}


def edit(endpoint: Endpoint | None) -> None:
    """Fill the form with an endpoint, or empty it for a new one."""
    st.session_state[EDITED] = endpoint.name if endpoint else ""
    for field in FIELDS:
        st.session_state[_key(field)] = getattr(endpoint, field) if endpoint else ""


def show_form(workspace: Workspace, endpoints: list[Endpoint]) -> None:
    """Show the form and what came of saving it."""
    kind, said = st.session_state.pop(SAID, ("", ""))
    if said:
        {"warning": st.warning, "error": st.error, "success": st.success}[kind](plain(said))
    name = st.session_state.get(EDITED, "")
    with st.form("settings.endpoint.form"):
        st.text(f"Change {name}" if name else "Add a model")
        columns = st.columns(2)
        for place, (field, (title, example)) in enumerate(FIELDS.items()):
            columns[place % 2].text_input(title, key=_key(field), placeholder=example, max_chars=500)
        st.caption(
            "The key itself is never typed here or stored: Sift reads it from the environment variable when it asks. "
            "When the address moves to another host, the variable is dropped, so that a key never goes elsewhere."
        )
        with st.container(horizontal=True):
            st.form_submit_button("Save" if name else "Add", type="primary", key="settings.endpoint.save",
                on_click=_save, args=(workspace, endpoints))  # fmt: skip
            if name:
                st.form_submit_button("Cancel", key="settings.endpoint.cancel", on_click=edit, args=(None,))


def _save(workspace: Workspace, endpoints: list[Endpoint]) -> None:
    name = st.session_state.get(EDITED, "")
    typed = {field: str(st.session_state[_key(field)]).strip() for field in FIELDS}
    try:
        wanted = Endpoint(**typed)
        saved = next((endpoint for endpoint in endpoints if endpoint.name == name), None)
        new = revised(saved, wanted) if saved else wanted
        write_endpoints(workspace, with_endpoint(endpoints, name, new))
    except CurationError as error:
        st.session_state[SAID] = ("error", str(error))
        return
    st.session_state[SAID] = _said(new, wanted)
    edit(None)


def _said(new: Endpoint, wanted: Endpoint) -> tuple[str, str]:
    if new.key_env == wanted.key_env:
        return "success", f"{new.name} is saved."
    return "warning", (
        f"{new.name} is saved without its key: the address is now {new.origin}, and {wanted.key_env} was meant for "
        "the one before. Edit it and enter the variable again if this address may have that key."
    )


def _key(field: str) -> str:
    return f"settings.endpoint.form.{field}"
