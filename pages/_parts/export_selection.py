"""Which of the samples that are in are chosen: all of them, or the best so many."""

import streamlit as st
from numpy import int32
from numpy.typing import NDArray

from curation.errors import CurationError
from curation.methods import Json, Selector
from curation.recipe import Selection, Shape
from curation.runs import running
from curation.selection import SELECTORS
from curation.stages.mixed_words import of_selection
from curation.stages.selecting import KIND, pending, select, select_job
from curation.stages.tuning import choices
from curation.store import Workspace
from curation.store.people import refusal
from pages._parts.method_form import method_form
from pages._parts.plain import plain
from pages._parts.progress import start
from pages._parts.titles import title_of

KEY = "export.selection"
ALL = "All that is in"


def choose_selection(workspace: Workspace, shape: Shape, inside: NDArray[int32]) -> Shape:
    """The same with the selection that the reader asks for, and what comes of it."""
    before = shape.selection
    known = before.method if before.method in SELECTORS else ""
    method = st.selectbox(
        "Which samples", ["", *SELECTORS], ["", *SELECTORS].index(known), key=f"{KEY}.method",
        format_func=lambda name: SELECTORS[name].label() if name else ALL,
        help="The best so many, as an alternative to tight rules on the Filters page.",
    )  # fmt: skip
    if not method:
        return shape.model_copy(update={"selection": Selection()})
    with st.expander("How it chooses", icon=":material/menu_book:"):
        st.text(" ".join((SELECTORS[method].__doc__ or "").replace("*", "").split()).partition(". ")[2])
    wanted = _wanted(workspace, before, method, len(inside))
    if wanted is None:
        return shape
    _show(workspace, wanted, inside)
    return shape.model_copy(update={"selection": wanted})


def _wanted(workspace: Workspace, before: Selection, method: str, inside: int) -> Selection | None:
    size = st.number_input("How many at most", 1, None, before.size or max(1, inside // 10), 100, key=f"{KEY}.size")
    quality, falling = "", False
    if "quality" in SELECTORS[method].needs or "weight" in SELECTORS[method].model_fields:
        quality, falling = _quality(workspace, before, SELECTORS[method])
    held = dict[str, Json](before.options) if before.method == method else {}
    options = method_form(SELECTORS[method], f"{KEY}.{method}", lambda _field, _key: None, held)
    if options is None:
        return None
    given = tuple(options.model_dump(exclude_defaults=True).items())
    return Selection(method=method, size=int(size), quality=quality, falling=falling, options=given)


def _quality(workspace: Workspace, before: Selection, method: type[Selector]) -> tuple[str, bool]:
    """(the signal that says how good a sample is, whether a lower one is better)."""
    numbers = [name for name, choice in choices(workspace).items() if choice.kind == "number"]
    signals = ["", *numbers, *([before.quality] if before.quality and before.quality not in numbers else [])]
    none = "choose a number" if "quality" in method.needs else "none"
    left, right = st.columns(2, vertical_alignment="bottom")
    quality = left.selectbox(
        "Quality", signals, signals.index(before.quality), key=f"{KEY}.quality",
        format_func=lambda name: plain(title_of(name)) if name else none,
        help="The number that says how good a sample is: a judge’s score, say, or the length of the answer.",
    )  # fmt: skip
    falling = right.toggle("Lower is better", before.falling, key=f"{KEY}.falling", disabled=not quality)
    return quality, falling


def _show(workspace: Workspace, wanted: Selection, inside: NDArray[int32]) -> None:
    """What is chosen; a choice that takes long is made when the reader asks for it, and kept."""
    try:
        needed = pending(workspace, inside, wanted)
        said = "" if needed else of_selection(select(workspace, inside, wanted), wanted)
    except CurationError:  # the plan beside it says what is missing
        return
    if said:
        st.caption(said)
        return
    barred, busy = refusal(workspace, "runs"), running(workspace, KIND)
    st.button(
        "Being chosen …" if busy else f"Choose (about {needed:,.0f} s)", key=f"{KEY}.choose",
        icon=":material/play_arrow:", type="primary", disabled=bool(barred or busy),
        help=barred or "It is done once for these samples and kept.",
        on_click=lambda: start(workspace, select_job(workspace, inside, wanted)),
    )  # fmt: skip
