"""Judge: who judges what by which criteria, what it will take, a few samples first, the run, and what came of it."""

from dataclasses import replace

import streamlit as st

from curation import runs
from curation.errors import CurationError
from curation.facets import Facets
from curation.judges import JUDGES, Rubric
from curation.methods import Judge
from curation.model import Estimate
from curation.stages.asking import endpoint_names
from curation.stages.judging import judge_job
from curation.stages.judging_order import Judging, choose_samples, expect_judging, own_family
from curation.stages.practice import NAME as PRACTICE
from curation.stages.verdicts import JOININGS, MEAN, Joining
from curation.store import Workspace
from curation.store.browse import count
from pages._parts.generate_choice import about
from pages._parts.generate_cost import choose_budget, show_estimate
from pages._parts.generate_judge_preview import look, show_seen
from pages._parts.generate_judge_results import show_results
from pages._parts.generate_judge_rubric import edit_rubric
from pages._parts.generate_table import choose_table
from pages._parts.judge_check_view import show_check
from pages._parts.method_form import method_form
from pages._parts.plain import plain, visible
from pages._parts.practice_mark import practice_mark
from pages._parts.titles import count_of

EXPECTED = "generate.judge.expected"
SAID, AGAINST = "What this judge said", "Judges against people"


def show_judge(workspace: Workspace, facets: Facets) -> None:
    """Set up a judging and start it; below, what the judge has said so far."""
    name = st.selectbox(
        "Judge", list(JUDGES), format_func=lambda name: JUDGES[name].label(), key="generate.judge.name",
        persist_state="session",
    )  # fmt: skip
    st.caption(about(JUDGES[name]))
    judge = edit_rubric(workspace) if JUDGES[name] is Rubric else _form(name)
    who, cost = st.columns([2, 3], gap="large")
    with who:
        order = _order(workspace, judge, facets) if judge else None
    with cost:
        caps = choose_budget("generate.judge.caps")
        order = replace(order, caps=caps) if order else None
        _buttons(workspace, order if order and _shown(workspace, order) else None)
    if order:
        show_seen(workspace, order)
    view = st.segmented_control("Look at", [SAID, AGAINST], default=SAID, required=True, key="generate.judge.view")
    if view == AGAINST:
        show_check(workspace)
    else:
        show_results(workspace, name, facets)


def _form(name: str) -> Judge | None:
    return method_form(JUDGES[name], f"generate.judge.{name}", choose_table)


def _order(workspace: Workspace, judge: Judge, facets: Facets) -> Judging | None:
    """Who judges and what; None while something is missing."""
    try:
        names = endpoint_names(workspace)
    except CurationError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None
    endpoints = st.multiselect(
        "Models", names, default=names[:1], format_func=visible, key="generate.judge.endpoints",
        help="Several are a jury: each judges every sample, and you see how far they are apart.",
    )  # fmt: skip
    if PRACTICE in endpoints:
        practice_mark()
    order = Judging(judge, tuple(endpoints), joining=_joining() if len(endpoints) > 1 else MEAN)
    if not endpoints:
        st.info("Choose at least one model.")
        return None
    try:
        return _allowed(workspace, replace(order, numbers=_samples(workspace, order, facets)))
    except CurationError as error:
        st.info(plain(str(error)), icon=":material/info:")
        return None


def _joining() -> Joining:
    joining: Joining = st.segmented_control(
        "A jury's values become one by", list(JOININGS), default=MEAN, required=True, key="generate.judge.joining"
    )
    return joining


def _samples(workspace: Workspace, order: Judging, facets: Facets) -> tuple[int, ...]:
    """What is judged: of the samples that match those that this version has not judged yet."""
    matching = count(workspace, facets)
    most = st.number_input(
        "Most samples", 1, value=None, step=50, key="generate.judge.most", placeholder="all of them",
        help="The first so many that this judge has not judged yet.",
    )  # fmt: skip
    numbers = choose_samples(workspace, order, facets, int(most or 0))
    how = "match the filters in the sidebar" if facets else "are in the workspace; narrow them down in the sidebar"
    st.markdown(f"**{len(numbers):,} to judge** of {count_of(matching, 'sample', 'samples')}, which {how}.")
    if not matching:
        st.page_link("pages/import.py", label="Import samples", icon=":material/upload_file:")
    elif not numbers:
        need = "an answer" if order.judge.needs == ("output",) else "a chosen and a rejected answer"
        which = f", or lack {need}" if order.judge.needs else ""
        st.caption(f"All of these have been judged in this very way{which}. Change the judge, or choose other samples.")
    return numbers


def _allowed(workspace: Workspace, order: Judging) -> Judging | None:
    """The order, if its judges may judge what models of their own family wrote; the choice is kept with the run."""
    kin = own_family(workspace, order)
    if not kin:
        return order
    wrote = "; ".join(
        f"{name} is of the family of {', '.join(f'{model} ({count:,})' for model, count in models.items())}"
        for name, models in kin.items()
    )
    st.warning(
        plain(f"{wrote}, which had a part in these samples. Judges prefer answers of their own family."),
        icon=":material/family_restroom:",
    )
    allowed = st.toggle("Let it judge its own family", key="generate.judge.own_family", help="Kept with the run.")
    return replace(order, own_family=True) if allowed else None


def _shown(workspace: Workspace, order: Judging) -> bool:
    """Calls, tokens and money; whether the run can be started."""
    if not order.numbers:
        return False
    try:
        show_estimate(_expected(workspace, order))
    except CurationError as error:
        st.info(plain(str(error)), icon=":material/info:")
        return False
    return True


def _expected(workspace: Workspace, order: Judging) -> Estimate:
    """Worked out anew only when something changed on which it depends."""
    key = (order.judge, order.endpoints, order.numbers)
    if st.session_state.get(EXPECTED, (None, None))[0] != key:
        st.session_state[EXPECTED] = (key, expect_judging(workspace, order))
    found: Estimate = st.session_state[EXPECTED][1]
    return found


def _buttons(workspace: Workspace, order: Judging | None) -> None:
    off = order is None
    see, go = st.columns(2)
    if see.button(
        "Preview 3", key="generate.judge.preview", icon=":material/visibility:", disabled=off, width="stretch"
    ):  # fmt: skip
        look(workspace, order)
    go.button(
        "Judge", key="generate.judge.start", type="primary", icon=":material/gavel:", disabled=off, width="stretch",
        on_click=_begin, args=(workspace, order),
    )  # fmt: skip


def _begin(workspace: Workspace, order: Judging | None) -> None:
    if order is None:
        return
    try:
        runs.start(workspace, judge_job(workspace, order))
    except CurationError as error:
        st.warning(plain(str(error)))
