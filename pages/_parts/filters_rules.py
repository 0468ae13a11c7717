"""The rules of the draft in order: what each removes, and what is left."""

import streamlit as st

from curation.recipe import Recipe, in_words
from curation.stages.tuning import Effect
from pages._parts.cells import visible_rows
from pages._parts.filters_draft import SIGNAL, change
from pages._parts.plain import plain

NARROW = st.column_config.NumberColumn(format="localized", width=54)


def show_rules(recipe: Recipe, found: Effect, odd: dict[str, str]) -> None:
    """The rules in order with what each removes and what is left after it."""
    share = found.kept / max(1, found.total)
    st.metric(
        "Kept by all rules", f"{found.kept:,} of {found.total:,}", f"{share:.1%}", delta_color="off", delta_arrow="off"
    )
    for reason in odd.values():
        st.warning(plain(reason), icon=":material/warning:")
    if odd:
        st.button("Remove these rules", key="filters.odd", on_click=change, args=(lambda old: _without(old, odd),))
    if not found.left:
        st.caption(
            "There is no rule yet: every sample is kept. Choose a signal and set a bound, or start from a preset."
        )
        return
    keeps = {rule.signal: in_words(rule) for rule in recipe.rules}
    rows = [
        {"signal": signal.replace("_", " "), "keeps": keeps[signal], "removes": found.failing[signal],
         "only it": found.alone[signal], "left": left}
        for signal, left in found.left
    ]  # fmt: skip
    signals = [signal for signal, _ in found.left]

    def open_rule() -> None:
        picked = st.session_state["filters.rules"]["selection"]["rows"]
        if picked and picked[0] < len(signals):
            st.session_state[SIGNAL] = signals[picked[0]]

    st.caption("Rules in order; “only it” counts samples that no other rule removes. Click a row to change its bounds.")
    st.dataframe(
        visible_rows(rows),
        key="filters.rules",
        hide_index=True,
        width="stretch",
        on_select=open_rule,
        selection_mode="single-row",
        column_config=dict.fromkeys(["signal", "keeps"], st.column_config.TextColumn(width=118))
        | dict.fromkeys(["removes", "only it", "left"], NARROW),
    )


def show_duplicates(recipe: Recipe) -> None:
    """What the draft does to near-duplicates besides."""
    threshold = recipe.duplicates.threshold
    if threshold is None:
        return
    about, off = st.columns([3, 2], vertical_alignment="center")
    about.caption(f"It also drops near-duplicates from a similarity of {threshold:g} on; they are not counted above.")
    off.button("Keep near-duplicates", key="filters.duplicates.off", on_click=change, args=(_keep_duplicates,))


def _without(recipe: Recipe, signals: dict[str, str]) -> Recipe:
    return recipe.model_copy(update={"rules": tuple(rule for rule in recipe.rules if rule.signal not in signals)})


def _keep_duplicates(recipe: Recipe) -> Recipe:
    return recipe.model_copy(update={"duplicates": recipe.duplicates.model_copy(update={"threshold": None})})
