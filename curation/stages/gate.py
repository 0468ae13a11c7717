"""The gate before an export: what the checks find, what was overridden and why, and the refusal of the rest (T26)."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from curation.errors import BadInput, HeldBack
from curation.exporters import FileFormat
from curation.facets import Facets
from curation.methods import Json, Row
from curation.signals.private_spans import masked, spans
from curation.signals.texts import whole_text
from curation.stages.checks import CHECKS
from curation.stages.checks.check import Finding, Outgoing
from curation.stages.checks.personal_data import PersonalData
from curation.stages.checks.practice_text import PracticeText
from curation.stages.planning import Plan
from curation.store import Workspace
from curation.store.people import check
from curation.store.samples import read_samples
from curation.store.settings import read_setting
from curation.store.signals import write_labels

MARK = "export_check"
"""The label by which the samples of a line are found."""
ASKED_FOR = "asked for with the export"
"""The reason with which text of the practice model goes out."""
LISTED, LETTERS = 3, 200
"""Examples of a line, and characters of each."""


class Asked(Protocol):
    """What the checks need of what is wanted: `curation.stages.exporting.Wanted`."""

    @property
    def licence(self) -> str:
        """Of the export."""

    @property
    def practice(self) -> bool:
        """Whether text of the practice model is asked for."""

    @property
    def overrides(self) -> tuple[tuple[str, str], ...]:
        """(check, reason)."""

    @property
    def by(self) -> str:
        """Who gave the reasons."""

    @property
    def at(self) -> str:
        """When."""

    def forms(self) -> list[FileFormat]:
        """The formats that are written."""


class Example(NamedTuple):
    """A sample of a line: its number and some of its text, personal data masked."""

    number: int
    text: str


def examine(workspace: Workspace, wanted: Asked, chosen: Plan) -> tuple[Finding, ...]:
    """Every line that there is, in the order of the checks; none where all is in order."""
    return _examined(workspace, chosen, tuple(wanted.forms()), wanted.licence)


@lru_cache(maxsize=2)
def _examined(workspace: Workspace, chosen: Plan, forms: tuple[FileFormat, ...], licence: str) -> tuple[Finding, ...]:
    """Kept while a page is drawn again with nothing changed: where something is, the plan is another one."""
    going = Outgoing(workspace, chosen, forms, licence)
    lines = [check_of()(going) for check_of in CHECKS.values()]
    return tuple(line for line in lines if line)


def reasons_of(wanted: Asked) -> dict[str, str]:
    """Check → why its line does not hold the export back.

    Raises:
        BadInput: there is no check of this name, or a reason is empty.
    """
    reasons = {PracticeText.name: ASKED_FOR} if wanted.practice else {}
    for name, reason in wanted.overrides:
        if name not in CHECKS:
            raise BadInput(f"There is no check called {name}; there are {', '.join(CHECKS)}.")
        if not reason.strip():
            raise BadInput(f"Say why {name} may be overridden: {name}=REASON.")
        reasons[name] = reason.strip()
    return reasons


def hold_back(findings: Sequence[Finding], reasons: Mapping[str, str]) -> None:
    """Let nothing be written while a line blocks that nobody gave a reason for.

    Raises:
        HeldBack: there is one; it names them all.
    """
    held = [(line.check, line.count, line.words) for line in findings if line.blocks and line.check not in reasons]
    if held:
        raise HeldBack(held)


def rows_of(findings: Sequence[Finding], wanted: Asked) -> Sequence[Row]:
    """What the manifest says of the gate, line by line; by whom and when where a reason was given."""
    reasons, given = reasons_of(wanted), dict(wanted.overrides)
    rows = []
    for line in findings:
        row: dict[str, Json] = {"check": line.check, "count": line.count, "blocks": line.blocks}
        row |= {"reason": reasons[line.check]} if line.check in reasons else {}
        row |= {"by": wanted.by, "at": wanted.at} if line.check in given else {}
        rows.append(row)
    return rows


def speaker(workspace: Workspace) -> str:
    """Who gives the reasons: who is logged in, else the name on Settings."""
    return workspace.who() or read_setting(workspace, "reviewer", "me")


def examples(workspace: Workspace, line: Finding) -> list[Example]:
    """The first samples of a line."""
    numbers = line.numbers[:LISTED].tolist()
    texts = [whole_text(sample) for sample in read_samples(workspace, numbers)]
    around = [_around(text) if line.check == PersonalData.name else _start(text) for text in texts]
    return [Example(number, text) for number, text in zip(numbers, around, strict=True)]


def mark(workspace: Workspace, line: Finding) -> Facets:
    """Label the samples of a line, in place of those of the line before, and give the choice that shows them.

    Raises:
        NotAllowed: the role of the one who asks does not allow it.
    """
    check(workspace, "export")
    write_labels(workspace, MARK, dict.fromkeys(line.numbers.tolist(), line.title))
    return Facets(labels=((MARK, line.title),))


def _start(text: str) -> str:
    return _cut(" ".join(masked(text).split()))


def _around(text: str) -> str:
    """What stands around the first place that is masked."""
    shown = " ".join(masked(text).split())
    first = spans(text)[:1]
    start = max(0, shown.find(f"[{first[0].kind}]") - LETTERS // 2) if first else 0
    return f"{'…' if start else ''}{_cut(shown[start:])}"


def _cut(text: str) -> str:
    return text if len(text) <= LETTERS else f"{text[:LETTERS]}…"
