"""A generation in a process that can be killed: `python -m tests.faults.child WORKSPACE ACKNOWLEDGED`.

For every line on standard input it forks, so that a kill costs no imports. The fork opens the workspace, goes on with
the run that stands still, or starts the next one, and is killed after so many seconds or at a named point.
"""

import asyncio
import hashlib
import importlib
import json
import os
import select
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from curation import runs
from curation.generators import MODEL_GENERATORS, SelfInstruct
from curation.model.wire import Wire
from curation.stages import synthesis
from curation.stages.asking import Desk
from curation.stages.synthesis import Order, resume_synthesis, synthesis_job
from curation.store import open_workspace
from curation.store.ledger import RunLedger
from curation.store.runs import read_run, recent_runs, standing_runs
from tests.faults.peers import RICH
from tests.generators.fake_model import FakeModel

POINTS = (
    "before it is written down",
    "before send",
    "after send",
    "after receive",
    "after commit",
    "before storing",
    "after storing",
)
MOST_SECONDS = 60.0


def order(number, pool, target):
    """The order of one run of Self-Instruct; every number asks other questions."""
    method = SelfInstruct(target=target, seed=number, requests_per_round=4, per_request=4, in_context=4)
    return Order(method, "Main", tuple(range(pool)))


def order_of(number, wanted):
    """The order that is wanted: any method, over the samples that suit all of them, or else Self-Instruct."""
    if not wanted["method"]:
        return order(number, wanted["pool"], wanted["target"])
    method = MODEL_GENERATORS[wanted["method"]].model_validate(wanted["options"])
    return Order(method, "Main", tuple(range(wanted["pool"], wanted["pool"] + RICH)))


class Acknowledging:
    """Notes every commit of the ledger outside of the workspace, right after it has come back."""

    def __init__(self, path):
        self.file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def install(self):
        commit = RunLedger.commit

        def noted(ledger, sent, received):
            commit(ledger, sent, received)
            lines = [f"sent {one.id}" for one in sent]
            lines += [f"received {one.attempt} {hashlib.sha256(one.body).hexdigest()}" for one in received]
            os.write(self.file, "".join(f"{line}\n" for line in lines).encode())

        RunLedger.commit = noted


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def install_point(point, number, wire_log):
    """Make the process kill itself at the n-th passing of a point."""
    left = [number]

    def passed():
        left[0] -= 1
        if left[0] == 0:
            die()

    kinds = {
        "before it is written down": lambda: _around(RunLedger, "commit", passed, None),
        "after commit": lambda: _around(RunLedger, "commit", None, passed),
        "before storing": lambda: _around(synthesis, "add_candidates", passed, None),
        "after storing": lambda: _around(synthesis, "add_candidates", None, passed),
        "before send": lambda: _around_wire(passed, None, None),
        "after send": lambda: _around_wire(None, (passed, wire_log), None),
        "after receive": lambda: _around_wire(None, None, passed),
    }
    kinds[point]()


def _around(owner, name, before, after):
    inner = getattr(owner, name)

    def changed(*arguments):
        if before:
            before()
        result = inner(*arguments)
        if after:
            after()
        return result

    setattr(owner, name, changed)


def _around_wire(before, between, after):
    complete = Wire.complete

    async def changed(self, body):
        if before:
            before()
        if between:
            passed, log = between
            size = log.stat().st_size
            task = asyncio.ensure_future(complete(self, body))
            while log.stat().st_size == size:
                await asyncio.sleep(0.001)
            passed()
            return await task
        got = await complete(self, body)
        if after:
            after()
        return got

    Wire.complete = changed


def generate(path, wanted):
    """Go on with the run that stands still, or start the next one; say how it ended."""
    if wanted["method"]:
        Desk.embed = FakeModel.embed  # a real one would load with every fork
    workspace = open_workspace(path)
    standing = standing_runs(workspace)
    if standing:
        run = standing[0].id
        resume_synthesis(workspace, run)
    elif (run := _ended(workspace, wanted["method"])) is None:
        past = len(recent_runs(workspace, 10_000))
        run = runs.start(workspace, synthesis_job(workspace, order_of(past, wanted)))
    runs.wait(run, MOST_SECONDS)
    found = read_run(workspace, run)
    workspace.close()
    return f"{found.status} {found.note}"


def _ended(workspace, method):
    """The run of this method that a kill has met after its end, None where there is none."""
    last = recent_runs(workspace, 1)
    return last[0].id if method and last[0].method == method else None


def forked(wanted, work: Callable[[], str]):
    """Do the work in a fork, killed after so many seconds (null: never); give how it ended and what it said."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        said = "raised"
        try:
            said = work()
        except BaseException:
            traceback.print_exc()
        finally:
            os.write(theirs, said.encode())
            os._exit(0)
    os.close(theirs)
    ready, _, _ = select.select([ours], [], [], wanted["seconds"])
    if not ready:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    said = os.read(ours, 100_000).decode()
    os.close(ours)
    return {"killed": os.WIFSIGNALED(status), "said": said}


def warm_up(path):
    """Import what a run imports as it goes, found out by a run in a fork: no other fork has to do it again."""
    known = set(sys.modules)

    def work():
        generate(path, {"method": "", "target": 1, "pool": 50})
        return " ".join(sorted(set(sys.modules) - known))

    for module in forked({"seconds": None}, work)["said"].split():
        with suppress(ImportError):
            importlib.import_module(module)


def main():
    path, acknowledged, log = (Path(one) for one in sys.argv[1:4])
    warm_up(path)
    Acknowledging(acknowledged).install()
    for line in sys.stdin:
        wanted = json.loads(line)

        def work(wanted=wanted):
            if wanted["point"]:
                install_point(wanted["point"], wanted["number"], log)
            return generate(path, wanted)

        sys.stdout.write(json.dumps(forked(wanted, work)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
