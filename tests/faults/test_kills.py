"""F13: a generation that is killed at any instant loses nothing, and pays for nothing twice (N1–N5)."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from curation.store import open_workspace
from tests.faults.account import (
    account,
    check_acknowledged,
    check_again,
    check_booked,
    check_counts,
    check_wire,
    generated,
)
from tests.faults.child import POINTS
from tests.faults.peers import Generation, generation, practice, prepared

pytestmark = pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="kills need a system that can fork")

LONGEST = 0.45
"""Seconds after which a fork is killed at the latest: it takes 0.1 to the first request and 0.6 to the end of a run."""


@contextmanager
def killable(folder: Path, delay: float, **settings: object) -> Iterator[Generation]:
    """A generation against a server; when all is over and the server gone, everything is counted up."""
    path, log, acknowledged = folder / "w.duckdb", folder / "wire.jsonl", folder / "acknowledged"
    with practice(log, "--delay", str(delay)) as url:
        prepared(path, url, **settings)
        with generation(path, acknowledged, log) as generate:
            yield generate
            ended = generate()
            while ended.said.startswith("paused"):
                ended = generate()
            assert ended.said.startswith("done"), ended.said
    check(path, log, acknowledged)


def check(path: Path, log: Path, acknowledged: Path) -> None:
    workspace = open_workspace(path)
    assert workspace.loss is None
    found = account(workspace, log)
    states = check_wire(found)
    assert set(states) <= {"", "open", "not sent"}
    assert states[""] >= check_acknowledged(found, acknowledged) > 30
    check_booked(workspace, log)
    check_counts(workspace)
    runs = generated(workspace)
    assert all(run.status == "done" for run in runs)
    for run in runs:
        assert check_again(workspace, run.id) > 0
    workspace.close()


@pytest.mark.parametrize("part", range(4))
def test_f13_fifty_kills_at_random_instants(tmp_path: Path, part: int) -> None:
    """N1–N5, four times fifty: every kill lands in a process that is opening, asking, writing, storing or closing."""
    chance = random.Random(part)
    kills = 0
    with killable(tmp_path, delay=0.02, parallel=(8, 64)[part % 2]) as generate:
        while kills < 50:
            ended = generate(chance.uniform(0.0, LONGEST), target=20)
            assert ended.killed or ended.said.startswith("done"), ended.said
            kills += ended.killed


@pytest.mark.parametrize("point", POINTS)
def test_f13_a_kill_at_each_named_point(tmp_path: Path, point: str) -> None:
    """N1–N5: the first, a middle and a late passing of the point."""
    with killable(tmp_path, delay=0.005) as generate:
        for number in (1, 3, 6):
            ended = generate(point=point, number=number, target=20)
            assert ended.killed or (number > 1 and ended.said.startswith("done")), ended.said
