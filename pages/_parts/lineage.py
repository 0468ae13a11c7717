"""A sample's line of descent: from it back to its seeds, and on to what was made from it."""

import streamlit as st

from curation.store import Workspace
from curation.store.asked import read_request
from curation.store.lineage import Kin, Made, read_ancestors, read_descendants
from pages._parts.generate_request import show_request
from pages._parts.plain import plain
from pages._parts.titles import count_of, method_title

MADE_FROM, LED_TO = "Made from", "Led to"
MOST = 40
"""So many samples of a line are drawn."""
INDENT = 0.05
"""Share of the width by which a step is moved in; deeper than `DEEPEST` steps nothing moves any more."""
DEEPEST = 8
SHORT = 80
ASKED = "lineage.asked"


def show_lineage(workspace: Workspace, number: int) -> None:
    """An indented list of samples, each a link to itself in Review, each with what made it."""
    which = st.segmented_control(
        "Direction", [MADE_FROM, LED_TO], default=MADE_FROM, required=True, key="lineage.direction",
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    kin = read_descendants(workspace, number) if which == LED_TO else read_ancestors(workspace, number)
    if len(kin) == 1:
        st.caption("Nothing was made from this sample so far." if which == LED_TO else _origin_of_seed(kin[0]))
    for one in kin[:MOST]:
        _row(one)
    if len(kin) > MOST:
        st.caption(f"… and {count_of(len(kin) - MOST, 'more sample', 'more samples')}.")
    _show_asked(workspace, {made.origin.prompt_hash for one in kin[:MOST] for made in one.made})


def _origin_of_seed(one: Kin) -> str:
    said = plain(", ".join(made.origin.source for made in one.made[:2]))
    return f"A seed: it was not made from another sample. It came from {said}." if said else "A seed."


def _row(one: Kin) -> None:
    indent = INDENT * min(one.depth, DEEPEST)
    place = st.columns([indent, 1 - indent])[1] if indent else st.container()
    with place, st.container(gap=None):
        if one.number is None or one.sample is None:
            st.caption(f"a sample that is not in this workspace (`{plain(one.id[:12])}`)")
            return
        text = " ".join(one.sample.instruction.split())
        if one.is_repeat:
            st.caption(plain(f"No. {one.number:,}, as above"))
            return
        words = plain(text if len(text) <= SHORT else text[: SHORT - 1] + "…")
        st.page_link(
            "pages/review.py", label=f"**No. {one.number:,}** {words}", query_params={"sample": one.id},
            icon=":material/potted_plant:" if one.is_seed else ":material/subdirectory_arrow_right:",
        )  # fmt: skip
        for step, made in enumerate(one.made):
            _made(one, made, step)


def _made(one: Kin, made: Made, step: int) -> None:
    origin = made.origin
    turn = f"round {made.round}" if made.round > 1 else ""
    seed = "Seed" if one.is_seed and one.depth else ""
    parts = [seed, method_title(origin.method), turn, origin.source, origin.ref, _model(made)]
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption(plain(" · ".join(part for part in parts if part)))
        if origin.prompt_hash:
            st.button(
                "What was asked", key=f"lineage.ask.{one.number}.{step}", type="tertiary", icon=":material/forum:",
                on_click=_ask, args=(origin.prompt_hash,),
            )  # fmt: skip


def _model(made: Made) -> str:
    return f"model {made.origin.model}" if made.origin.model not in ("", made.origin.source) else ""


def _ask(key: str) -> None:
    st.session_state[ASKED] = key


def _show_asked(workspace: Workspace, keys: set[str]) -> None:
    """The request that was chosen, where it belongs to this line."""
    chosen = st.session_state.get(ASKED, "")
    if not chosen or chosen not in keys:
        return
    request = read_request(workspace, chosen)
    if request is None:
        st.caption("What was asked is not in this workspace.")
    else:
        show_request(request)
