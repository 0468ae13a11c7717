"""N1–N5 for every method with a model, by walking the registry: killed, resumed, paid once, the same in the end."""

import random
from pathlib import Path

import pytest

from curation.generators import MODEL_GENERATORS
from curation.stages.asking import Desk
from curation.store import open_workspace
from tests.faults.account import account, check_acknowledged, check_again, check_booked, check_counts, check_wire
from tests.faults.account import generated as generations
from tests.faults.peers import generation, practice, prepared
from tests.generators.fake_model import FakeModel
from tests.generators.test_model_generators import OPTIONS

pytestmark = pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="kills need a system that can fork")

KILLS = 2
LONGEST = 0.4
SMALLER = {"target": 8, "rounds": 1, "answers": 2}
"""Fewer samples than in other tests, where a method has such an option: kills need requests, not many of them."""


def options(name: str) -> dict[str, object]:
    fields = MODEL_GENERATORS[name].model_fields
    smaller = {key: value for key, value in SMALLER.items() if key in fields and fields[key].annotation is int}
    given = OPTIONS.get(name, {}) | smaller
    return {key: str(value) if isinstance(value, Path) else value for key, value in given.items()}


def test_every_method_is_killed_resumed_and_pays_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, log, acknowledged = tmp_path / "w.duckdb", tmp_path / "wire.jsonl", tmp_path / "acknowledged"
    chance = random.Random(4)
    with practice(log, "--delay", "0.02") as url:
        prepared(path, url, parallel=8)
        with generation(path, acknowledged, log) as generate:
            for name in MODEL_GENERATORS:
                what = {"method": name, "options": options(name)}
                seconds = [chance.uniform(0.1, LONGEST) for _ in range(KILLS)]
                ends = (generate(limit, **what) for limit in [*seconds, None])
                last = next(ended for ended in ends if not ended.killed)
                assert last.said.startswith("done"), f"{name}: {last.said}"
    monkeypatch.setattr(Desk, "embed", FakeModel.embed)
    workspace = open_workspace(path)
    found = account(workspace, log)
    assert set(check_wire(found, answers=2)) <= {"", "open", "not sent"}
    assert check_acknowledged(found, acknowledged) > 100
    check_booked(workspace, log)
    check_counts(workspace)
    runs = generations(workspace)
    assert {run.method for run in runs} == set(MODEL_GENERATORS)
    for run in runs:
        assert check_again(workspace, run.id) > 0, run.method
    workspace.close()
