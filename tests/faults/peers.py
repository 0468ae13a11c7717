"""The two processes of a kill test: the practice server, which outlives every kill, and the generation."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from curation.model import Endpoint
from curation.practice import PRACTICE_MODEL
from curation.sample import Collected, Origin, Sample
from curation.stages.endpoints import write_endpoints
from curation.store import Workspace, open_workspace
from curation.store.samples import add_samples

ROOT = Path(__file__).resolve().parents[2]
PRICES = (1.0, 2.0)
VERBS = ("Describe", "Compare", "List", "Explain", "Summarise", "Translate", "Write", "Sort", "Name", "Rank")
RICH = 12
THINGS = ("a quiet harbour", "two kinds of bread", "rules of chess", "how rain forms", "a letter to a landlord")


WANTED = {"point": "", "number": 1, "target": 12, "pool": 50, "method": "", "options": {}}
"""What a fork does where nothing else is said: Self-Instruct from fifty seeds."""


@contextmanager
def practice(log: Path, *options: str) -> Iterator[str]:
    """The practice server in a process of its own; gives its address."""
    command = [sys.executable, "-m", "curation.practice", "--with-parent", "--log", str(log), *options]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        yield server.stdout.readline().strip()
        server.stdin.close()
        assert server.wait(10) == 0


def filled(path: Path) -> Workspace:
    """A workspace with fifty seeds, and after them twelve with an input and a long answer."""
    workspace = open_workspace(path)
    made = [
        Collected(Sample(f"{verb} {thing}.", output="An answer."), Origin("seeds", "seeds.jsonl", f"{verb} {thing}"))
        for verb in VERBS
        for thing in THINGS
    ]
    rich = [Sample(f"Rewrite note {n}.", f"Note {n}: tea at {n}.", f"The note says {n}. " * 12) for n in range(RICH)]
    made += [Collected(sample, Origin("seeds", "notes.jsonl", sample.id)) for sample in rich]
    add_samples(workspace, "import-1", made)
    return workspace


def prepared(path: Path, base_url: str, **settings: object) -> None:
    """A closed workspace with seeds and an endpoint named Main."""
    workspace = filled(path)
    prices = {"prompt_price": PRICES[0], "completion_price": PRICES[1]}
    write_endpoints(workspace, [Endpoint("Main", base_url, PRACTICE_MODEL, **(prices | settings))])
    workspace.close()


@dataclass(frozen=True)
class Generation:
    """The process that forks and is killed."""

    process: "subprocess.Popen[str]"
    errors: Path

    def __call__(self, seconds: float | None = None, **wanted: object) -> "Ended":
        """One fork: killed after so many seconds, at a point, or let finish."""
        wanted = WANTED | wanted | {"seconds": seconds}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(wanted) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, self.errors.read_text()
        return Ended(**json.loads(line))


@dataclass(frozen=True)
class Ended:
    """How a fork ended."""

    killed: bool
    said: str


@contextmanager
def generation(path: Path, acknowledged: Path, log: Path) -> Iterator[Generation]:
    """The process that forks; what it and its forks write as errors must be nothing."""
    errors = path.with_suffix(".errors")
    command = [sys.executable, "-m", "tests.faults.child", str(path), str(acknowledged), str(log)]
    with (
        errors.open("wb") as stderr,
        subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, text=True
        ) as one,
    ):
        yield Generation(one, errors)
        assert one.stdin is not None
        one.stdin.close()
        assert one.wait(10) == 0
    assert errors.read_text() == ""
