"""How the rows of a file are read, and the first ten of them as they will look."""

from collections.abc import Sequence

import streamlit as st

from curation.importers import LAYOUTS, Mapped, Preview, guess_mapping
from curation.methods import Layout
from curation.sample import Collected, Refusal
from pages._parts.cells import less_empty, visible_rows
from pages._parts.plain import plain

NONE = "(none)"
PARTS = {
    "instruction": "Instruction",
    "input": "Input",
    "output": "Answer",
    "system": "System message",
    "category": "Task type",
}


def choose_layout(found: Preview, key: str) -> Layout:
    """Let the reader keep the recognised layout, take another one, or name the columns.

    Raises:
        BadFile: the columns are to be named and there are none with text.
    """
    names = list(LAYOUTS)
    recognised = found.layout.name if found.layout else Mapped.name
    about = "recognised" if found.layout else "no known layout was recognised: say which column is what"
    st.markdown(f"**{plain(found.kind)}**, {about}.")
    name = st.selectbox(
        "Layout",
        names,
        index=names.index(recognised),
        format_func=lambda name: LAYOUTS[name].label(),
        key=f"{key}.layout",
    )
    st.caption("Columns: " + (plain(", ".join(found.columns)) or "none could be read"))
    if name == Mapped.name:
        return _mapped(found, key)
    return found.layout if found.layout and name == recognised else LAYOUTS[name]()


def show_preview(seen: Preview) -> None:
    """The first rows as samples, and those that would be refused with the reason."""
    samples = [_row(item) for item in seen.collected if isinstance(item, Collected)]
    refused = [item for item in seen.collected if isinstance(item, Refusal)]
    if samples:
        st.caption("The first rows as they will look")
        st.dataframe(visible_rows(less_empty(samples)), hide_index=True, width="stretch", key="import.preview")
    if refused:
        st.warning(f"{len(refused):,} of the first rows would be refused:", icon=":material/warning:")
        show_refusals(refused, "import.preview.refused")


def show_refusals(refused: Sequence[Refusal], key: str) -> None:
    """Rows that were not taken, with place and reason."""
    rows = [{"place": one.place, "reason": one.reason} for one in refused]
    st.dataframe(
        visible_rows(rows), hide_index=True, width="stretch", key=key,
        column_config={"place": st.column_config.TextColumn(width=110)},
    )  # fmt: skip


def _mapped(found: Preview, key: str) -> Mapped:
    guess = guess_mapping(found.columns, found.rows).model_dump()
    picked = {}
    for column, (part, title) in zip(st.columns(len(PARTS)), PARTS.items(), strict=True):
        options = [*([] if part == "instruction" else [""]), *found.columns]
        picked[part] = column.selectbox(
            title,
            options,
            index=options.index(guess[part]),
            format_func=lambda name: name or NONE,
            key=f"{key}.{part}",
        )
    return Mapped(**picked)


def _row(item: Collected) -> dict[str, str]:
    sample = item.sample
    turns = [f"{turn.role}: {turn.content}" for turn in sample.followups]
    return {
        "place": item.origin.ref,
        "system": sample.system,
        "instruction": sample.instruction,
        "input": sample.input,
        "answer": sample.output,
        "then": "\n".join(turns),
        "rejected answer": sample.rejected,
        "task type": item.origin.category,
    }
