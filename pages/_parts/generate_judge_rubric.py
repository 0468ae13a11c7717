"""The editor of a rubric: criteria in a table, a scale, and every version that was saved."""

import streamlit as st

from curation.errors import CurationError
from curation.judges import Criterion, Rubric
from curation.stages.rubrics import SavedRubric, read_rubrics, rubric_of, save_rubric
from curation.store import Workspace
from pages._parts.plain import plain, visible

KEY = "generate.judge.rubric"
COLUMNS = {
    "name": st.column_config.TextColumn("criterion", width=120, required=True),
    "asks": st.column_config.TextColumn("the question that its score answers", width=420, required=True),
    "lowest": st.column_config.TextColumn("lowest score is for", width=150),
    "middle": st.column_config.TextColumn("middle", width=150),
    "highest": st.column_config.TextColumn("highest score is for", width=150),
}


def edit_rubric(workspace: Workspace) -> Rubric | None:
    """Choose a saved rubric, change it, save it as another version; None while it cannot be used."""
    try:
        saved = read_rubrics(workspace)
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")
        saved = []
    start = _choose(saved)
    # Under another name for each start, so that the table of one is never shown with the changes of another.
    key = f"{KEY}.{start.version()}"
    rows = st.data_editor(
        [{name: getattr(one, name) for name in Criterion.model_fields} for one in start.rubric],
        key=f"{key}.rows", num_rows="dynamic", width="stretch", hide_index=True, column_config=COLUMNS,
    )  # fmt: skip
    least, most, name = st.columns([1, 1, 3])
    low = least.number_input("Lowest score", 0, 9, start.least, key=f"{key}.least")
    high = most.number_input("Highest score", 1, 100, start.most, key=f"{key}.most")
    try:
        rubric = rubric_of(rows, int(low), int(high))
    except CurationError as error:
        st.warning(plain(str(error)), icon=":material/error:")
        return None
    with name:
        _save(workspace, rubric, start)
    return rubric


def _choose(saved: list[SavedRubric]) -> Rubric:
    """The rubric to start from: the default one, or any version that was saved."""
    if not saved:
        return Rubric()
    titles = ["Default", *(f"{one.name} · {one.made} UTC · {one.rubric.version()}" for one in saved)]
    places = range(len(titles))
    at = st.selectbox("Rubric", places, format_func=lambda place: visible(titles[place]), key=f"{KEY}.chosen")
    return saved[at - 1].rubric if at else Rubric()


def _save(workspace: Workspace, rubric: Rubric, start: Rubric) -> None:
    changed = "changed" if rubric != start else "as it was"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Save under the name", key=f"{KEY}.name", placeholder="for example: support answers")
        st.button("Save", key=f"{KEY}.save", icon=":material/save:", on_click=_keep, args=(workspace, name, rubric))
    st.caption(f"Version {rubric.version()}, {changed}. Another version asks anew; what older ones said is kept.")


def _keep(workspace: Workspace, name: str, rubric: Rubric) -> None:
    try:
        new = save_rubric(workspace, name, rubric)
    except CurationError as error:
        st.warning(plain(str(error)))
        return
    st.toast("Saved." if new else "This version is saved under this name already.")
