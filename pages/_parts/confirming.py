"""A question before a decision about many samples. A page that is drawn anew meanwhile, as when a run ends, asks again.

`place` names the page that asks: it begins the keys of its widgets.
"""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from curation.errors import CurationError, Overtaken
from curation.sample import Decision
from curation.store import Workspace
from curation.store.decisions import add_decisions
from curation.store.samples import count_samples
from curation.store.standing import decided_otherwise
from pages._parts.plain import plain, visible
from pages._parts.titles import count_of

ASKED = "confirming.asked"
TOLD = "confirming.told"


@dataclass(frozen=True)
class Act:
    """What is to be done, and what was known when it was offered.

    Args:
        numbers: the samples.
        decision: what would be said of them.
        seen: the last event then (F18).
        about: what the samples are.
        theirs: those of the samples on which somebody else holds the opposite, with who it is.
    """

    numbers: tuple[int, ...]
    decision: Decision
    seen: int
    about: str = ""
    theirs: Mapping[int, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What is done, as on a button."""
        return self.decision.action.capitalize()


def ask(workspace: Workspace, place: str, numbers: Sequence[int], decision: Decision, about: str) -> None:
    """Put the question; `show_question` draws it."""
    decision = replace(decision, event=secrets.token_hex(8))
    theirs = decided_otherwise(workspace, numbers, decision.action, decision.reviewer)
    act = Act(tuple(numbers), decision, workspace.last_decision(), about, theirs)
    st.session_state[ASKED] = (place, act)


def show_question(workspace: Workspace, place: str, *offered: Sequence[int]) -> None:
    """Draw the question that waits, as long as the samples that it is about are those of a button on the page."""
    asked: tuple[str, Act] | None = st.session_state.get(ASKED)
    if asked and asked[0] == place and any(asked[1].numbers == tuple(numbers) for numbers in offered):
        _dialog(workspace, *asked)
    else:
        _forget()


def carry_out(workspace: Workspace, act: Act) -> None:
    """Do it, and tell what came of it."""
    _forget()
    try:
        add_decisions(workspace, act.numbers, act.decision, seen=act.seen)
    except Overtaken as error:
        tell(f"Nothing was done. {plain(str(error))} Look again, then repeat it.")
    except CurationError as error:
        tell(f"Nothing was done. {plain(str(error))}")
    else:
        tell(f"{act.words}: {count_of(len(act.numbers), 'sample', 'samples')}.")


def tell(words: str) -> None:
    """Have the next `show_told` say something.

    A toast made in a press would take the dialog's place while the dialog is still drawn, and the page would freeze.
    """
    st.session_state[TOLD] = words


def show_told() -> bool:
    """Say what came of the last press; whether there was one."""
    words = st.session_state.pop(TOLD, "")
    if words:
        st.toast(words)
    return bool(words)


def _forget() -> None:
    st.session_state.pop(ASKED, None)


@st.dialog("Please confirm", on_dismiss=_forget)
def _dialog(workspace: Workspace, place: str, act: Act) -> None:
    numbers = act.numbers if not act.theirs or _theirs_too(place, act.theirs) else _less(act.numbers, act.theirs)
    share = len(numbers) / max(1, count_samples(workspace))
    note = f" as “{plain(act.decision.value)}”" if act.decision.value else ""
    st.write(
        f"{act.words} **{count_of(len(numbers), 'sample', 'samples')}**{note} ({act.about}), {share:.1%} of the "
        "workspace. It can be undone in one step."
    )
    if st.button(
        f"{act.words} {len(numbers):,}", key=f"{place}.confirm", type="primary", disabled=not numbers,
        on_click=carry_out, args=(workspace, replace(act, numbers=numbers)),
    ):  # fmt: skip
        st.rerun()


def _theirs_too(place: str, theirs: Mapping[int, str]) -> bool:
    """Say who holds the opposite, and whether that is to be changed too."""
    who = ", ".join(f"{visible(name)} ({number:,})" for name, number in Counter(theirs.values()).most_common(5))
    st.warning(plain(f"Others decided the opposite on {len(theirs):,} of them: {who}."), icon=":material/group:")
    return st.toggle("Change theirs too", key=f"{place}.theirs")


def _less(numbers: Sequence[int], others: Mapping[int, str]) -> tuple[int, ...]:
    return tuple(number for number in numbers if number not in others)
