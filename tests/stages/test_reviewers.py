"""Roles: every role tries every act, by calling the stages directly (T19)."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from curation import runs
from curation.errors import BadInput, NotAllowed, NotReady
from curation.model import Endpoint
from curation.recipe import Recipe
from curation.reviewing.roles import ACTS, ALLOWED, ROLES, Act, may
from curation.runs import Job
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.adjudicating import conflicts, read_case, settle
from curation.stages.carrying import bring_decisions, decisions_file
from curation.stages.curating import apply_recipe, keep_instead
from curation.stages.embedder import choose_embedder
from curation.stages.endpoints import remove_endpoint, save_endpoint, write_endpoints
from curation.stages.exporting import Wanted as Export
from curation.stages.exporting import export, export_job
from curation.stages.extracting import choose_extractor
from curation.stages.guidelines import ask_again, publish
from curation.stages.reviewers import give_role
from curation.stages.revising import By, edit
from curation.stages.rounds import Wanted, end_round, start_round
from curation.store import Workspace, open_workspace
from curation.store.decisions import add_decisions, undo
from curation.store.people import is_allowed, read_people, role_of
from curation.store.rounds import NewRound
from curation.store.samples import add_samples
from tests.overrides import UNMEASURED

NOTHING = b'{"form": "sift decisions 1", "events": 0}'
PEOPLE = {"ann@x.org": "annotator", "eve@x.org": "expert", "olu@x.org": "owner", "new@x.org": ""}


@pytest.fixture
def ws(tmp_path: Path):
    opened = open_workspace(tmp_path / "w.duckdb")
    add_samples(
        opened,
        "run",
        [Collected(Sample(f"Task {n}", output=f"Answer {n}"), Origin("t", "s", str(n))) for n in range(9)],
    )
    for name, role in PEOPLE.items():
        if role:
            give_role(opened, name, role)
    add_decisions(opened, [8], Decision("accept", "zed@x.org", event="theirs"))
    yield opened
    opened.who = str
    opened.close()


def _job(kind: str) -> Job:
    return Job(kind, "test", {}, lambda _run, _step: "done")


def _wanted(tmp: Path) -> Export:
    return Export("set", ("alpaca",), tmp / "out", overrides=(UNMEASURED,))


# Everything that a stage does and a role can forbid. Each is called as a person of that name.
CALLS: dict[str, tuple[Act, Callable[[Workspace, str, Path], object]]] = {
    "decide": ("decide", lambda ws, me, _: add_decisions(ws, [0], Decision("accept", me))),
    "tag": ("decide", lambda ws, me, _: add_decisions(ws, [0], Decision("tag", me, "good"))),
    "undo one's own": ("decide", lambda ws, me, _: undo(ws, me, add_decisions(ws, [1], Decision("reject", me)))),
    "edit": ("decide", lambda ws, me, _: edit(ws, 2, Sample("Task 2", output=f"Better {me}"), By(me, f"e{me}"))),
    "measure": ("decide", lambda ws, _me, _: runs.run_now(ws, _job("measure"))),
    "undo another's": ("settle", lambda ws, me, _: undo(ws, me, "theirs")),
    "settle": ("settle", lambda ws, me, _: settle(ws, 3, "accept", "as agreed", By(me, f"s{me}"))),
    "see conflicts": ("settle", lambda ws, _me, _: conflicts(ws)),
    "see a case": ("settle", lambda ws, _me, _: read_case(ws, 8)),
    "start a round": (
        "rounds", lambda ws, me, _: start_round(ws, NewRound("r", 2, 0.0, me), Wanted(range(4, 8), 1)),
    ),
    "end a round": ("rounds", lambda ws, _me, _: end_round(ws, 1)),
    "guidelines": ("guidelines", lambda ws, me, _: publish(ws, f"Be kind, says {me}.", me)),
    "ask again": ("guidelines", lambda ws, me, _: ask_again(ws, [8], me, f"g{me}")),
    "carry decisions out": ("export", lambda ws, _me, _: decisions_file(ws)),
    "carry decisions in": ("carry", lambda ws, _me, _: bring_decisions(ws, NOTHING, "d.jsonl")),
    "recipe": ("recipe", lambda ws, me, _: apply_recipe(ws, Recipe(), "r", me)),
    "keep instead": ("recipe", lambda ws, me, _: keep_instead(ws, 5, 6, (me, f"k{me}"))),
    "import": ("runs", lambda ws, _me, _: runs.run_now(ws, _job("import"))),
    "generate": ("runs", lambda ws, _me, _: runs.run_now(ws, _job("generate"))),
    "start": ("runs", lambda ws, _me, _: runs.wait(runs.start(ws, _job("judge")))),
    "an unknown kind": ("runs", lambda ws, _me, _: runs.run_now(ws, _job("something new"))),
    "export": ("export", lambda ws, _me, tmp: export(ws, "x", _wanted(tmp), lambda _done, _all: None)),
    "export job": ("export", lambda ws, _me, tmp: export_job(ws, _wanted(tmp))),
    "export run": ("export", lambda ws, _me, _: runs.run_now(ws, _job("export"))),
    "write endpoints": ("models", lambda ws, _me, _: write_endpoints(ws, [])),
    "save an endpoint": (
        "models", lambda ws, _me, _: save_endpoint(ws, [], "", Endpoint("M", "https://a.example/v1", "m", "K")),
    ),
    "remove an endpoint": ("models", lambda ws, _me, _: remove_endpoint(ws, [], "M")),
    "choose an extractor": ("models", lambda ws, _me, _: choose_extractor(ws, "")),
    "give a role": ("roles", lambda ws, _me, _: give_role(ws, "another@x.org", "annotator")),
}  # fmt: skip


def test_every_act_is_tried():
    assert {act for act, _ in CALLS.values()} == set(ACTS)
    assert set(ALLOWED) == set(ROLES)


@pytest.mark.parametrize("name", PEOPLE)
def test_t19_role_by_action(ws: Workspace, tmp_path: Path, name: str) -> None:
    """T19: the full matrix. What is refused changes nothing."""
    ws.who = lambda: name
    for call, (act, do) in CALLS.items():
        before = ws.changes
        if may(PEOPLE[name], act):
            do(ws, name, tmp_path)
        else:
            with pytest.raises(NotAllowed):
                do(ws, name, tmp_path)
            assert ws.changes == before, call
    assert (tmp_path / "out").exists() == may(PEOPLE[name], "export")


def test_t19_a_run_of_another_is_stopped_and_resumed_by_owners_alone(ws: Workspace) -> None:
    go = threading.Event()

    def work(_run: str, step: runs.Step) -> str:
        while not go.wait(0.01):
            step(0, 1)
        return "done"

    run = runs.start(ws, Job("generate", "test", {}, work))
    for name in ("ann@x.org", "eve@x.org", "new@x.org"):
        ws.who = lambda name=name: name
        for stop in (runs.cancel, runs.pause):
            with pytest.raises(NotAllowed):
                stop(run)
    ws.who = lambda: "olu@x.org"
    runs.pause(run)
    runs.wait(run, 10)
    ws.who = lambda: "ann@x.org"
    with pytest.raises(NotAllowed):
        runs.resume(ws, run, Job("generate", "test", {}, work))
    with pytest.raises(NotAllowed):
        runs.give_up(ws, run)
    ws.who = lambda: "olu@x.org"
    runs.give_up(ws, run)
    go.set()


@pytest.mark.parametrize("name", [name for name, role in PEOPLE.items() if role])
def test_nobody_decides_in_the_name_of_another(ws: Workspace, name: str) -> None:
    """T19: not even an owner."""
    ws.who = lambda: name
    with pytest.raises(NotAllowed, match="own name"):
        add_decisions(ws, [0], Decision("accept", "zed@x.org"))
    with pytest.raises(NotAllowed):
        undo(ws, "zed@x.org")
    with pytest.raises(NotAllowed):
        edit(ws, 2, Sample("Task 2", output="Other"), By("zed@x.org", "f"))


def test_where_nobody_logs_in_the_person_is_owner(ws: Workspace) -> None:
    assert all(is_allowed(ws, act) for act in ACTS)


def test_roles_are_events_and_the_latest_counts(ws: Workspace) -> None:
    ws.who = lambda: "olu@x.org"
    give_role(ws, " Ann@X.org ", "expert")
    assert role_of(ws, "ann@x.org") == "expert"
    give_role(ws, "ann@x.org", "")
    assert role_of(ws, "ann@x.org") == ""
    assert [(one.name, one.role, one.given_by) for one in read_people(ws)] == [
        ("eve@x.org", "expert", ""), ("olu@x.org", "owner", ""),
    ]  # fmt: skip


def test_what_is_no_role(ws: Workspace) -> None:
    with pytest.raises(BadInput, match="no role called"):
        give_role(ws, "ann@x.org", "boss")
    with pytest.raises(BadInput, match="Whose"):
        give_role(ws, "  ", "owner")
    for role in ("annotator", ""):
        with pytest.raises(BadInput, match="only owner"):
            give_role(ws, "olu@x.org", role)


def test_choosing_a_model_is_checked_before_it_is_loaded(ws: Workspace) -> None:
    ws.who = lambda: "eve@x.org"
    with pytest.raises(NotAllowed):
        choose_embedder(ws, "no/such-model")


def test_a_round_that_is_not_there_to_start(ws: Workspace) -> None:
    with pytest.raises(NotReady):
        start_round(ws, NewRound("r", 2, 0.0, "me"), Wanted([8], 5))
