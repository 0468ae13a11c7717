"""In which proportions samples go out: shares or counts by label, bounds, order, and what comes of it."""

from hashlib import sha256
from typing import cast

import streamlit as st
from numpy import int32
from numpy.typing import NDArray

from curation.errors import CurationError
from curation.methods import Json
from curation.recipe import ORDERS, Mixture, Selection, Shape, mixture_of
from curation.stages.mixing import kinds_of_labels, label_counts, mix
from curation.stages.selecting import select
from curation.stages.tuning import choices
from curation.store import Workspace
from pages._parts.export_mixed import show_mixed
from pages._parts.plain import plain, visible
from pages._parts.titles import title_of

KEY = "export.mixture"
LABELS = 60
"""Labels that the table shows: those that are named and the most frequent ones."""
SHARES, COUNTS = "Shares", "Counts"


def choose_mixture(workspace: Workspace, shape: Shape, inside: NDArray[int32]) -> Shape:
    """The same with the mixture that the reader asks for, and what comes of it."""
    try:
        chosen = select(workspace, inside, shape.selection).numbers
    except CurationError:
        chosen = select(workspace, inside, Selection()).numbers
    before = shape.mixture
    try:
        mixture = mixture_of(_proportions(workspace, before, chosen) | _bounds(before) | _order(workspace, before))
        if mixture != Mixture():
            show_mixed(mix(workspace, chosen, mixture), len(chosen), mixture)
    except CurationError as error:
        st.warning(plain(f"{error} Until then the mixture of the recipe is used."), icon=":material/error:")
        return shape
    return shape.model_copy(update={"mixture": mixture})


def _proportions(workspace: Workspace, before: Mixture, chosen: NDArray[int32]) -> dict[str, Json]:
    known = kinds_of_labels(workspace)
    kinds = ["", *known, *([before.by] if before.by and before.by not in known else [])]
    by = st.selectbox(
        "Mix by", kinds, kinds.index(before.by), key=f"{KEY}.by",
        format_func=lambda kind: plain(title_of(kind)) if kind else "Nothing: all together",
        help="What samples are told apart by. One that has several labels counts once, as the rarest that is named.",
    )  # fmt: skip
    if not by:
        return {}
    same = by == before.by
    there = label_counts(workspace, chosen, Mixture(by=by))
    how = st.segmented_control(
        "Wished by", [SHARES, COUNTS], default=COUNTS if same and before.counts else SHARES, key=f"{KEY}.how",
        label_visibility="collapsed", required=True,
    )  # fmt: skip
    named = before.named() if same and (how == COUNTS) == bool(before.counts) else {}
    return {"by": by, how.lower(): _edited(there, named, how, by)}


def _edited(there: dict[str, int], named: dict[str, float], how: str, by: str) -> dict[str, Json]:
    """Share or count by label, as the reader writes it into the table."""
    labels = list(dict.fromkeys([*named, *sorted(there, key=lambda label: (-there[label], label))]))[
        : max(LABELS, len(named))
    ]
    scale = 100 if how == SHARES else 1
    wish = "share, %" if how == SHARES else "samples"
    rows = [
        {"label": visible(label) or "(no label)", "available": there.get(label, 0),
         wish: round(scale * named[label], 7) if label in named else None}
        for label in labels
    ]  # fmt: skip
    edited = st.data_editor(
        rows, key=f"{KEY}.rows.{how}.{_stamp(by, labels)}", hide_index=True, width="stretch",
        height=min(38 + 35 * len(rows), 318),
        disabled=["label", "available"],
        column_config={
            "label": st.column_config.TextColumn(width=150),
            "available": st.column_config.NumberColumn(format="localized", width=80),
            wish: st.column_config.NumberColumn(
                min_value=0, max_value=100 if how == SHARES else None, step=None if how == SHARES else 1, width=95,
                help="0 leaves a label out; an empty one shares what is left with the others that are empty.",
            ),
        },
    )  # fmt: skip
    if len(there) > len(labels):
        st.caption(f"The {len(labels)} most frequent of {len(there):,} labels.")
    given = {label: row[wish] for label, row in zip(labels, edited, strict=True) if row[wish] is not None}
    if how == COUNTS:
        return {label: int(cast(float, wished)) for label, wished in given.items()}
    return {label: round(float(cast(float, wished)) / 100, 9) for label, wished in given.items()}


def _stamp(by: str, labels: list[str]) -> str:
    """The table is a new one when its rows are others, so that what was written stays with its label."""
    return sha256(repr((by, labels)).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _bounds(before: Mixture) -> dict[str, Json]:
    left, right = st.columns(2, vertical_alignment="bottom")
    size = left.number_input(
        "Samples in all", 1, None, before.size, 100, key=f"{KEY}.size", placeholder="any",
        help="Repeats included. Empty: as many as the shares allow.",
    )  # fmt: skip
    most = right.number_input(
        "Most of one label", 1, None, before.most, 10, key=f"{KEY}.most", placeholder="any",
        help="A cap, whatever shares, counts and size say.",
    )  # fmt: skip
    left, right = st.columns(2, vertical_alignment="bottom")
    repeat = left.number_input(
        "Times one may go out", 1, 100, before.repeat, key=f"{KEY}.repeat",
        help="Above 1, samples of a label that falls short are repeated, in the training split alone.",
    )  # fmt: skip
    human = right.number_input(
        "No model named, %", 0.0, 100.0, round(100 * before.human, 7), 1.0, key=f"{KEY}.human",
        help="At least. Samples that name no model as an author are taken first as far as this needs it: what people "
        "typed in here, and what was imported without saying who wrote it.",
    )  # fmt: skip
    return {"size": size, "most": most, "repeat": int(repeat), "human": round(human / 100, 9)}


def _order(workspace: Workspace, before: Mixture) -> dict[str, Json]:
    left, right = st.columns(2, vertical_alignment="bottom")
    order = left.selectbox(
        "Order", ORDERS, ORDERS.index(before.order), key=f"{KEY}.order", format_func=str.capitalize,
        help="Rising or falling by a number makes a curriculum: short before long, say, or easy before hard.",
    )  # fmt: skip
    seed = right.number_input(
        "Seed", 0, 2**53 - 1, before.seed, key=f"{KEY}.seed",
        help="Another one draws others and shuffles otherwise.",
    )  # fmt: skip
    wishes: dict[str, Json] = {"order": order, "seed": int(seed)}
    if order not in ("rising", "falling"):
        return wishes
    numbers = [name for name, choice in choices(workspace).items() if choice.kind == "number"]
    signals = ["", *numbers, *([before.order_by] if before.order_by and before.order_by not in numbers else [])]
    by = st.selectbox(
        "By", signals, signals.index(before.order_by), key=f"{KEY}.order_by",
        format_func=lambda name: plain(title_of(name)) if name else "choose a number",
    )  # fmt: skip
    return wishes | {"order_by": by}
