"""What measuring took, tier by tier, and the measures that a model makes: of harm, and by a classifier."""

from dataclasses import replace
from math import isnan

import streamlit as st

from curation import runs
from curation.errors import CurationError
from curation.facets import Facets
from curation.judges import Moderation
from curation.signals.classifier import Classifier
from curation.stages.asking import endpoint_names
from curation.stages.classifying import KIND as CLASSIFY
from curation.stages.classifying import STILL_IN, classify_job
from curation.stages.costs import Tier, tiers
from curation.stages.judging import KIND as JUDGE
from curation.stages.judging import judge_job
from curation.stages.judging_order import Judging, choose_samples, expect_judging
from curation.stages.practice import NAME as PRACTICE
from curation.store import Workspace
from curation.store.browse import count
from pages._parts.cells import visible_rows
from pages._parts.generate_cost import choose_budget, show_estimate
from pages._parts.plain import plain, visible
from pages._parts.practice_mark import practice_mark
from pages._parts.progress import start
from pages._parts.titles import count_of

PARTS = {"conversation": "The whole conversation", "answer": "The answer alone"}


def show_costs(workspace: Workspace) -> None:
    """A table of tiers; below, harm by an endpoint or by a classifier on this computer."""
    st.dataframe(
        visible_rows([_row(tier) for tier in tiers(workspace)]), key="filters.costs", hide_index=True, width="stretch",
    )  # fmt: skip
    st.caption(
        "What all runs took that measured: seconds at work on this computer, and money for models that are asked. Sift "
        "measures the cheap tiers first, on every sample. Models come last, and only for what you choose below."
    )
    st.subheader("Harm, by a model")
    st.caption(
        "The word list (“Swear words and slurs”) needs no model, and is wrong in known ways: quotations, fiction and "
        "lessons about such words are hits, and insults made of decent words are not. A model looks at meaning, and is "
        "wrong in its own ways: compare both on your samples before you let a bound decide."
    )
    everything = st.toggle(
        "Also samples that are out", key="filters.costs.all", help="Rejected by a person, or dropped by the recipe."
    )
    facets = Facets() if everything else STILL_IN
    matching = count(workspace, facets)
    st.caption(f"{count_of(matching, 'sample', 'samples')} {'in all' if everything else 'still in'}.")
    left, right = st.columns(2, gap="large")
    with left.container(border=True):
        _endpoint(workspace, facets)
    with right.container(border=True):
        _classifier(workspace, facets, matching)


def _row(tier: Tier) -> dict[str, object]:
    cost = "price not known" if isnan(tier.dollars) else f"${tier.dollars:,.2f}" if tier.dollars else "free"
    done = bool(tier.seconds)
    return {
        "tier": tier.name,
        "measures": tier.what,
        "signals": f"{tier.signals}" if tier.signals else "",
        "samples": f"{tier.samples:,}" if done and tier.samples else "",
        "seconds": f"{tier.seconds:,.1f}" if done else "no run yet",
        "per 1,000": f"{tier.per_thousand:.2f}" if tier.per_thousand else "",
        "money": cost if done else "",
    }


def _part(key: str) -> str:
    found: str = st.selectbox("What is looked at", list(PARTS), format_func=lambda name: PARTS[name], key=key)
    return found


def _endpoint(workspace: Workspace, facets: Facets) -> None:
    """Scores of harm from an endpoint; what was paid for once is not asked again."""
    st.markdown("**A moderation endpoint**")
    st.caption("One request per sample to `/v1/moderations`; each category becomes a signal, and so does the highest.")
    try:
        names = endpoint_names(workspace)
        name = st.selectbox("Endpoint", names, format_func=visible, key="filters.moderation.endpoint")
        judge = Moderation.model_validate({"part": _part("filters.moderation.part")})
        order = Judging(judge, (name,), own_family=True)
        order = replace(
            order, numbers=choose_samples(workspace, order, facets, 0), caps=choose_budget("filters.moderation.caps")
        )
        if name == PRACTICE:
            practice_mark()
        st.caption(f"{count_of(len(order.numbers), 'sample has', 'samples have')} no score by this model yet.")
        if order.numbers:
            show_estimate(expect_judging(workspace, order))
    except CurationError as error:
        st.info(plain(str(error)), icon=":material/info:")
        return
    off = not order.numbers or bool(runs.running(workspace, JUDGE))
    if st.button("Score", key="filters.moderation.start", disabled=off, width="stretch"):
        start(workspace, judge_job(workspace, order))
        st.rerun()


def _classifier(workspace: Workspace, facets: Facets, matching: int) -> None:
    st.markdown("**A classifier on this computer**")
    st.caption("Any sequence-classification model with `model.safetensors`; each of its labels becomes a signal.")
    model = st.text_input(
        "Folder of the model, or its name where it is installed", key="filters.classifier.model",
        placeholder="/models/toxicity",
    ).strip()  # fmt: skip
    part = _part("filters.classifier.part")
    off = not model or not matching or bool(runs.running(workspace, CLASSIFY))
    if st.button("Classify", key="filters.classifier.start", disabled=off, width="stretch"):
        chosen = Classifier.model_validate({"model": model, "part": part})
        start(workspace, classify_job(workspace, chosen, facets))
        st.rerun()
