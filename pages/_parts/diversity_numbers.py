"""How varied the samples are, in numbers with what each means; computed in the background and kept."""

from collections.abc import Sequence
from datetime import UTC

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from curation.diversity.draws import LEAST, SIZES
from curation.diversity.metrics import METRICS
from curation.facets import Facets
from curation.stages.diversity_numbers import Field, numbers_job, stamp_of
from curation.store import Workspace
from curation.store.diversity_numbers import Number, Numbers, read_diversity
from curation.store.samples import count_samples
from pages._parts.cells import visible_rows
from pages._parts.diversity_groups import show_groups
from pages._parts.number_words import in_words, titled
from pages._parts.plain import plain
from pages._parts.progress import start

TEXTS: dict[str, Field] = {"Instructions": "prompt", "Answers": "output"}
COLUMNS = {"all": "all collected", "in": "in", "shown": "shown"}


def show_numbers(workspace: Workspace, facets: Facets, _matching: NDArray[np.int32]) -> None:
    """The numbers that are kept: before and after the recipe, then by origin and run."""
    least = LEAST * SIZES[-1]
    if count_samples(workspace) < least:
        st.info(f"Numbers for how varied samples are need {least} samples and more; on fewer they say nothing.")
        st.page_link("pages/generate.py", label="Generate some", icon=":material/auto_awesome:")
        return
    words = st.segmented_control("Of", list(TEXTS), default="Instructions", key="diversity.text")
    field = TEXTS[words or "Instructions"]
    found = read_diversity(workspace, field)
    _state(workspace, field, facets, found)
    if not found.rows:
        return
    kept = [
        row for row in found.rows if row.kind in ("all", "in") or (row.kind, row.name) == ("shown", facets.to_query())
    ]
    st.dataframe(
        visible_rows(_table(kept)), hide_index=True, width="stretch", height="content", key="diversity.numbers"
    )
    st.caption(
        "Each number with its 95 % interval. No number stands for all: a change can raise one and lower another. "
        "Only numbers of the same model and text can be compared."
    )
    show_groups(found.rows, facets)


def _state(workspace: Workspace, field: Field, facets: Facets, found: Numbers) -> None:
    """What the numbers were computed from, whether that is still so, and a button to compute them."""
    is_current = found.stamp == stamp_of(workspace)
    has_shown = not facets or any(row.kind == "shown" and row.name == facets.to_query() for row in found.rows)
    if not found.made:
        st.info("Nothing is computed yet. It takes some seconds, in the background.")
    elif not is_current:
        st.warning("Samples, decisions, the recipe or the map have changed since; these numbers are out of date.")
    elif not has_shown:
        st.info("These numbers leave out what the filters show now.")
    if found.made:
        when = found.made.replace(tzinfo=UTC).astimezone()
        st.caption(f"Computed {when:%Y-%m-%d %H:%M}. {_draws(found.rows)}")
    if not (is_current and has_shown):
        st.button(
            "Compute again" if found.made else "Compute",
            key="diversity.compute",
            type="primary",
            on_click=lambda: start(workspace, numbers_job(workspace, field, facets)),
        )


def _draws(rows: Sequence[Number]) -> str:
    """How the samples were drawn, and what saw them."""
    drawn = next((row for row in rows if row.size), None)
    if drawn is None:
        return "There are too few samples of each kind for any number."
    model = next((row.model for row in rows if row.model), "")
    seen = f" Embedding model: {plain(model)}." if model else ""
    return (
        f"Each number is the mean of {drawn.draws} draws of {drawn.size:,} samples without repeats "
        f"(seed {drawn.seed}), so that groups of different sizes can be compared; groups "
        f"below {2 * drawn.size:,} have none.{seen}"
    )


def _table(rows: Sequence[Number]) -> list[dict[str, object]]:
    kinds = [kind for kind in COLUMNS if any(row.kind == kind for row in rows)]
    by = {(row.kind, row.metric): row for row in rows}
    return [
        {
            "number": titled(METRICS[name]),
            **{COLUMNS[kind]: in_words(METRICS[name], by[kind, name]) for kind in kinds},
            "what it means": METRICS[name].meaning,
            "more varied is": "more" if METRICS[name].is_more else "less",
            **{f"samples, {COLUMNS[kind]}": by[kind, name].samples for kind in kinds},
            "words": by["all", name].words,
            "embedding model": by["all", name].model or "–",
        }
        for name in METRICS
        if ("all", name) in by
    ]
