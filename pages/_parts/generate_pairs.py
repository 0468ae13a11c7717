"""Answers to the same prompt and their scores → preference pairs: set up, looked at, run."""

from typing import Literal, get_args

import streamlit as st

from curation.errors import CurationError
from curation.facets import Facets
from curation.pairing import Pairs
from curation.stages.pairing import Order, Outlook, Pool, match, pairs_job, preferred, read_pool
from curation.store import Workspace
from curation.store.answers import Prompts, count_prompts
from curation.store.settings import read_setting
from pages._parts.cells import WHOLE, visible_rows
from pages._parts.generate_pairs_chart import draw, picked
from pages._parts.generate_start import begin
from pages._parts.plain import plain, visible
from pages._parts.review_pair import show_sides
from pages._parts.titles import count_of, title_of

Strategy = Literal["best and worst", "best and random lower"]
READ = "generate.pairs.read"
CHANGES = "changes"
"""The setting that counts every finished transaction."""
FIELDS = Pairs.model_fields


def show_pairs(workspace: Workspace, facets: Facets) -> None:
    """Choose scores and bounds, see what comes of them and why some prompts give no pair, and make the pairs."""
    prompts = count_prompts(workspace, facets)
    _pool(prompts, facets)
    if not prompts.several:
        st.info(
            "A pair needs two answers to the same prompt. Make more answers first: under “Make samples”, the method "
            "that writes responses can give several for each instruction."
        )
        return
    order = _order(workspace, facets)
    if order is None:
        return
    try:
        outlook = match(_read(workspace, order), order.pairs)
    except CurationError as error:
        st.warning(plain(str(error)))
        return
    _numbers(outlook)
    st.button(
        f"Make {count_of(len(outlook.kept), 'pair', 'pairs')}", key="generate.pairs.start", type="primary",
        icon=":material/play_arrow:", disabled=not outlook.kept, on_click=_begin, args=(workspace, order),
    )  # fmt: skip
    _preview(outlook)


def _read(workspace: Workspace, order: Order) -> Pool:
    """Read anew only when something was written or other samples or scores are wanted."""
    key = (read_setting(workspace, CHANGES), tuple(order.criteria), order.pool)
    if st.session_state.get(READ, (None, None))[0] != key:
        st.session_state[READ] = (key, read_pool(workspace, order.criteria, order.pool))
    found: Pool = st.session_state[READ][1]
    return found


def _pool(prompts: Prompts, facets: Facets) -> None:
    how = "that match the filters in the sidebar" if facets else "in the workspace; narrow them down in the sidebar"
    st.markdown(
        f"**Pool:** {count_of(prompts.several, 'prompt', 'prompts')} with two answers or more, of {prompts.answered:,} "
        f"{how}."
    )


def _order(workspace: Workspace, facets: Facets) -> Order | None:
    known, first = preferred(workspace)
    if not known:
        st.info("Nothing has been scored or measured yet. Judge the answers first, then pair them.")
        return None
    criteria = st.multiselect(
        "Scores", known, default=first, key="generate.pairs.scores", format_func=lambda one: visible(title_of(one)),
        help="The better answer is the one with the higher mean of these. Answers without all of them are left out.",
    )  # fmt: skip
    return Order(_method(criteria), criteria, facets)


def _method(criteria: list[str]) -> Pairs:
    how, margin, longest, seed = st.columns([2, 1, 1, 1], vertical_alignment="bottom")
    strategies: tuple[Strategy, ...] = get_args(Strategy)
    strategy = how.selectbox(
        "Strategy", strategies, key="generate.pairs.strategy", format_func=str.capitalize, help=_help("strategy")
    )
    least = margin.number_input(
        "Margin", 0.0, value=FIELDS["margin"].default, step=0.5, key="generate.pairs.margin", help=_help("margin")
    )
    most = longest.number_input(
        "Length bound", 1.0, value=FIELDS["longest"].default, step=0.5, key="generate.pairs.longest",
        help=_help("longest"),
    )  # fmt: skip
    drawn = seed.number_input("Seed", value=0, step=1, key="generate.pairs.seed", help=_help("seed"))
    return Pairs(strategy=strategy, margin=least, longest=most, seed=drawn, minimum=_minimum(criteria))


def _minimum(criteria: list[str]) -> tuple[tuple[str, float], ...]:
    with st.expander("At least, for the chosen answer"):
        columns = st.columns(max(3, len(criteria)))
        given = {
            name: column.number_input(
                visible(title_of(name)), value=None, step=0.5, key=f"generate.pairs.minimum.{name}", placeholder="any"
            )
            for column, name in zip(columns, criteria, strict=False)
        }
    return tuple((name, float(least)) for name, least in given.items() if least is not None)


def _help(field: str) -> str | None:
    return FIELDS[field].description


def _numbers(outlook: Outlook) -> None:
    pairs, dropped, flagged = st.columns(3)
    pairs.metric("Pairs", f"{len(outlook.kept):,}", border=True, help="One for each prompt at most.")
    dropped.metric("Prompts without a pair", f"{sum(outlook.dropped.values()):,}", border=True)
    flagged.metric(
        "Won by length alone", f"{outlook.flagged:,}", border=True,
        help="Longer answers score higher in this pool, and these pairs are no further apart than their lengths "
        "explain. They are kept, and marked in Review.",
    )  # fmt: skip


def _preview(outlook: Outlook) -> None:
    left, right = st.columns([3, 2], gap="large")
    with left:
        draw(outlook)
    with right:
        if outlook.dropped:
            st.caption("Why prompts give no pair")
            rows = [{"rule": rule, "prompts": number} for rule, number in outlook.dropped.items()]
            st.dataframe(visible_rows(rows), hide_index=True, width="stretch", column_config={"prompts": WHOLE})
    one = picked(outlook)
    if one is None or one.chosen is None or one.rejected is None:
        return
    st.text(visible(one.answers[0].sample.prompt))
    if one.rule:
        st.warning(plain(f"{one.rule}: {one.reason}"), icon=":material/filter_alt:")
    st.caption(plain(one.candidate().origin.source) + f" · {one.chosen.score:.2f} over {one.rejected.score:.2f}")
    show_sides(one.chosen.sample.output, one.rejected.sample.output)


def _begin(workspace: Workspace, order: Order) -> None:
    begin(workspace, pairs_job(workspace, order))
