"""How a table of samples is sorted: as added, by nearness to what is looked for, or by anything measured."""

import streamlit as st

from curation.facets import Facets
from curation.store import Workspace
from curation.store.listing import Order
from curation.store.signals import list_measured
from pages._parts.plain import visible
from pages._parts.titles import title_of

ADDED, MEANING, RATING = "", "meaning", "rating"


def choose_order(workspace: Workspace, facets: Facets, key: str) -> Order:
    """A list of what can be sorted by, and which way round."""
    offered = [*([MEANING] if facets.meant else []), ADDED, RATING, *sorted(list_measured(workspace), key=title_of)]
    by, way = st.columns([3, 2], vertical_alignment="bottom")
    # What is looked for changes what is offered: the choice goes with it, so that the nearest come first.
    chosen = by.selectbox(
        "Sort by", offered, key=f"{key}.by.{facets.meaning}", format_func=_title, persist_state="session"
    )
    falling = way.toggle(
        "Newest first" if chosen == ADDED else "Largest first", key=f"{key}.falling", persist_state="session",
        disabled=chosen == MEANING,
    )  # fmt: skip
    return Order(chosen, falling and chosen != MEANING)


def value_title(order: Order) -> str:
    """What the column of values is called; "" where there is none."""
    return "" if order.by in (ADDED, MEANING) else _title(order.by)


def _title(by: str) -> str:
    names = {ADDED: "When it was added", MEANING: "Nearness to the search", RATING: "Rating"}
    return names.get(by) or visible(title_of(by))
