"""Who reviews: the name under which decisions are noted, and the roles of people who log in."""

import streamlit as st

from curation.errors import CurationError
from curation.reviewing.roles import ACTS, ROLES, may
from curation.stages.reviewers import give_role
from curation.store import Workspace
from curation.store.people import is_allowed, read_people, role_of
from curation.store.settings import write_setting
from pages._parts.cells import visible_rows
from pages._parts.plain import plain, visible
from pages._parts.workspace import REVIEWER, reviewer

KEY = "settings.reviewer"
PERSON, ROLE, TOLD = "settings.role.person", "settings.role.role", "settings.role.told"
NONE = "no role"


def show_reviewer(workspace: Workspace) -> None:
    """The name, typed here or from the log-in; then who may do what."""
    name = workspace.who()
    if name:
        st.text(f"You are logged in as {visible(name)}, {role_of(workspace, name)}.")
        st.button("Log out", key="settings.logout", icon=":material/logout:", on_click=st.logout)
    else:
        _show_name(workspace)
    people = read_people(workspace)
    if people:
        st.dataframe(
            visible_rows([
                {"name": one.name, "role": one.role, "may": "; ".join(ACTS[act] for act in ACTS if may(one.role, act)),
                 "given by": one.given_by or "command line", "when (UTC)": one.made}
                for one in people
            ]),
            key="settings.people", hide_index=True, width="stretch",
        )  # fmt: skip
    if (people or name) and is_allowed(workspace, "roles"):
        _show_form(workspace)


def _show_name(workspace: Workspace) -> None:
    """Let the reader change the name; earlier decisions keep theirs."""

    def change() -> None:
        name = " ".join(st.session_state[KEY].split())
        if name:
            write_setting(workspace, REVIEWER, name)
        else:
            st.session_state[KEY] = reviewer(workspace)

    st.session_state.setdefault(KEY, reviewer(workspace))
    st.text_input(
        "Your name", key=KEY, max_chars=80, on_change=change, help="Noted with each decision; earlier ones keep theirs."
    )
    st.caption("Nobody logs in here. How a team does is told in docs/reviewing.md.")


def _show_form(workspace: Workspace) -> None:
    told = st.session_state.pop(TOLD, "")
    if told:
        st.error(plain(told), icon=":material/error:")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Name or address that the log-in gives", key=PERSON, max_chars=200)
        st.selectbox("Role", [*ROLES, NONE], key=ROLE, width=180)
        st.button("Give the role", key="settings.role.give", on_click=_give, args=(workspace,))


def _give(workspace: Workspace) -> None:
    role = st.session_state[ROLE]
    try:
        give_role(workspace, st.session_state[PERSON], "" if role == NONE else role)
    except CurationError as error:
        st.session_state[TOLD] = str(error)
        return
    st.session_state[PERSON] = ""
