"""docs/gate.md has a row for every check, which says whether it blocks, and no other."""

import re
from pathlib import Path

from curation.stages.checks import CHECKS

TEXT = (Path(__file__).parents[1] / "docs" / "gate.md").read_text("utf-8")


def test_every_check_has_its_row() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \|.*\| (blocks|warns) \|$", TEXT, re.MULTILINE))
    assert rows == {name: "blocks" if check.blocks else "warns" for name, check in CHECKS.items()}
    assert list(rows) == list(CHECKS), "in the order of the page"
