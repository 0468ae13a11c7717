"""Into which splits an export is dealt."""

import streamlit as st

from curation.errors import CurationError
from curation.recipe import Shape, Splits, splits_of
from curation.store import Workspace
from curation.store.labelled import list_labelled
from pages._parts.plain import plain
from pages._parts.titles import title_of

KEY = "export.splits"
COLUMNS = {
    "name": st.column_config.TextColumn("split", help="Letters, digits and _, as trainers and datasets take them."),
    "share": st.column_config.NumberColumn("share, %", min_value=0, max_value=100, help="Of what the counts leave."),
    "count": st.column_config.NumberColumn("samples", min_value=1, step=1, help="Exactly so many, instead of a share."),
}


def choose_splits(workspace: Workspace, shape: Shape) -> Shape:
    """The same with the splits that the reader asks for."""
    before = shape.splits
    own = st.toggle(
        "Other names, or counts",
        value=not before.is_usual,
        key="export.own",
        help="Off: train, validation and test, each with a share.",
    )
    by = _by(workspace, before.by)
    seed = int(st.number_input("Seed of the split", 0, 2**53 - 1, before.seed, key="export.seed"))
    try:
        splits = _table(before, by, seed) if own else _usual(before, by, seed)
    except CurationError as error:
        st.warning(plain(f"{error} Until then the splits of the recipe are used."), icon=":material/error:")
        splits = before
    st.caption(
        "Near-duplicates, equal prompts, and what was made from one sample, document or row stay together in one split."
    )
    return shape.model_copy(update={"splits": splits})


def _by(workspace: Workspace, before: str) -> str:
    labels = list_labelled(workspace)
    kinds = ["", *labels, *([before] if before and before not in labels else [])]
    return st.selectbox(
        "Spread evenly by",
        kinds,
        kinds.index(before),
        format_func=lambda kind: title_of(kind) if kind else "nothing",
        key="export.by",
        help="Each split gets its share of every one of these. What is not measured yet is one kind.",
    )


def _usual(before: Splits, by: str, seed: int) -> Splits:
    shares = dict(before.shares) if before.is_usual else dict(Splits().shares)
    usual = {name: _percent(share) for name, share in shares.items()}
    validation = st.number_input("Validation, %", 0.0, 100.0, usual["validation"], 1.0, key="export.validation")
    test = st.number_input("Test, %", 0.0, 100.0, usual["test"], 1.0, key="export.test")
    sizes = {"train": 100 - validation - test, "validation": validation, "test": test}
    return splits_of([{"name": name, "share": size, "count": None} for name, size in sizes.items()], by, seed)


def _table(before: Splits, by: str, seed: int) -> Splits:
    shares, counts = dict(before.shares), dict(before.counts)
    rows = st.data_editor(
        [
            {"name": name, "share": _percent(shares[name]) if name in shares else None, "count": counts.get(name)}
            for name in before.names
        ],
        key=f"{KEY}.rows", num_rows="dynamic", width="stretch", hide_index=True, column_config=COLUMNS,
    )  # fmt: skip
    return splits_of(rows, by, seed)


def _percent(share: float) -> float:
    """Without the digits that a sum in binary leaves."""
    return round(100 * share, 7)
