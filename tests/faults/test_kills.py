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

LONGEST = 0.4
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


@pytest.mark.parametrize("parallel", [8, 64])
def test_f13_a_hundred_kills_at_random_instants(tmp_path: Path, parallel: int) -> None:
    """N1–N5, twice a hundred: every kill lands in a process that is opening, asking, writing, storing or closing."""
    chance = random.Random(parallel)
    kills = 0
    with killable(tmp_path, delay=0.02, parallel=parallel) as generate:
        while kills < 100:
            ended = generate(chance.uniform(0.0, LONGEST), target=20)
            assert ended.killed or ended.said.startswith("done"), ended.said
            kills += ended.killed


def test_f13_kills_at_every_named_point(tmp_path: Path) -> None:
    """N1–N5: the first and the second passing of every point."""
    with killable(tmp_path, delay=0.005) as generate:
        for point in POINTS:
            for number in (1, 2):
                ended = generate(point=point, number=number, target=20)
                assert ended.killed or (number > 1 and ended.said.startswith("done")), f"{point}: {ended.said}"
