"""Near-duplicates by words or by meaning: what is compared, what is not known yet, and how to find it."""

import streamlit as st

from curation import runs
from curation.duplicates import FIELDS
from curation.errors import NotReady
from curation.recipe import Duplicates
from curation.runs import Job
from curation.stages.comparing import comparison, in_force
from curation.stages.differing import differ_job
from curation.stages.embedding import look_job
from curation.stages.lexical import lexical_job
from curation.stages.searching import search_job
from curation.store import Workspace
from curation.store.pairs import Space, count_not_compared, find_space
from pages._parts.duplicate_choices import choose_prefer, choose_unless
from pages._parts.duplicate_near import show_near
from pages._parts.progress import start
from pages._parts.titles import count_of

TITLES = {"prompt": "Instruction with input", "instruction": "Instruction", "output": "Answer"}
BY = {"meaning": "Cosine", "score": "Calibrated score"}
SCORE = (
    "How likely two samples are duplicates: a small logistic model over the cosine, shared words, inputs, lengths, and "
    "whether numbers, names, negation, languages or formats differ. To begin with it is fitted to 116 English pairs "
    "that we labelled; from 30 labels of yours on, to yours alone. What it is made of stands under Label pairs. Only "
    "pairs that are near by cosine have a score."
)


def show_words(workspace: Workspace) -> None:
    """Instructions that share most of their words in the same order."""
    _show(workspace, _wanted(workspace, "words", "instruction"), lexical_job(workspace))


def show_meaning(workspace: Workspace) -> None:
    """Texts that say the same in other words, field by field, by cosine or by the calibrated score."""
    left, right = st.columns([3, 2])
    field = left.segmented_control(
        "Compared text", list(TITLES), default=in_force(workspace)[0].field, format_func=TITLES.__getitem__,
        required=True, key="duplicates.field", persist_state="session",
    )  # fmt: skip
    by = "meaning"
    if find_space(workspace, "meaning", field):
        by = right.segmented_control(
            "Threshold on", list(BY), default="meaning", format_func=BY.__getitem__, required=True,
            key="duplicates.by", persist_state="session", help=SCORE,
        )  # fmt: skip
    # The map is of the prompts: it is drawn with their pairs, and stays as it is when another text is compared.
    job = look_job(workspace) if field == "prompt" else search_job(workspace, field)
    _show(workspace, _wanted(workspace, by, field), job)


def _wanted(workspace: Workspace, by: str, field: str) -> Duplicates:
    now = in_force(workspace)[0]
    same = {"unless": now.unless, "prefer": now.prefer, "judge_score": now.judge_score}
    return Duplicates.model_validate(same | {"by": by, "field": field})


def _show(workspace: Workspace, wanted: Duplicates, job: Job) -> None:
    space = find_space(workspace, "words" if wanted.by == "words" else "meaning", wanted.field)
    if space is None:
        st.info(
            f"Near-duplicates among the {FIELDS[wanted.field]} have not been looked for. The search can be stopped."
        )
        _button(workspace, "Find near-duplicates", "duplicates.find", job)
        return
    _warn(workspace, space, job)
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    with left:
        wanted = choose_unless(wanted)
    with right.popover("Which one stays", width="stretch"):
        wanted = choose_prefer(workspace, wanted)
    try:
        found = comparison(workspace, wanted)
    except NotReady as error:
        st.info(str(error).partition(" Start it")[0])
        _button(workspace, "Find what differs", "duplicates.differ", differ_job(workspace, space))
        return
    if found is not None and len(found.thresholds) > 1:
        show_near(workspace, wanted)
    else:
        st.warning("So many texts are the same that no threshold below 1 is known. Remove copies first.")


def _warn(workspace: Workspace, space: Space, job: Job) -> None:
    if space.recall < 1:
        st.caption(
            f"The pairs are approximate: about {space.recall:.1%} of those from {space.floor:.2f} upwards were found, "
            "as measured on a part that was searched whole."
        )
    new = count_not_compared(workspace, space)
    if new:
        added = count_of(new, "sample was", "samples were")
        st.warning(f"{added} added since pairs were looked for, and not compared yet.")
        _button(workspace, "Compare again", "duplicates.again", job)


def _button(workspace: Workspace, title: str, key: str, job: Job) -> None:
    st.button(
        title, type="primary", key=key, on_click=start, args=(workspace, job),
        disabled=bool(runs.running(workspace, job.kind)),
    )  # fmt: skip
