"""A small workspace with something on every page, made without the embedding model."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from curation.embedders import MiniLM
from curation.layouts import Layout
from curation.sample import Collected, Decision, Origin, Sample
from curation.stages.measuring import measure
from curation.store import Workspace, open_workspace
from curation.store.decisions import add_decisions
from curation.store.maps import write_map
from curation.store.pairs import Edges, write_pairs
from curation.store.samples import add_samples
from curation.store.signals import write_labels
from curation.store.vectors import missing_texts, write_vectors

COUNT = 40
VERBS = ("Write", "Explain", "List", "Translate")
THINGS = ("a poem about rivers", "the rules of chess", "three kinds of bread", "a short letter", "the water cycle")
MODEL = MiniLM().revision


def rows() -> list[Collected]:
    """Forty samples: four verbs, five things, asked twice; every eighth answer holds an e-mail address."""
    return [
        Collected(
            Sample(f"{VERBS[i % 4]} {THINGS[i % 5]}{' now' if i >= 20 else ''}.", output=_answer(i)),
            Origin("alpaca", "pool.jsonl" if i % 2 else "seeds.jsonl", f"line {i}", licence="cc0-1.0"),
        )
        for i in range(COUNT)
    ]


def filled_workspace(path: Path) -> Workspace:
    """Samples that are measured, placed, paired (i with i + 20), and partly decided on: 0 to 3 in, 4 out, 5 tagged."""
    path.write_bytes(_file())
    return open_workspace(path)


@cache
def _file() -> bytes:
    """The workspace as a file, made once in a test session."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "w.duckdb"
        _fill(open_workspace(path)).close()
        return path.read_bytes()


def _fill(workspace: Workspace) -> Workspace:
    add_samples(workspace, "run", rows())
    measure(workspace, lambda _done, _requested: None)
    numbers = np.arange(COUNT, dtype=np.int32)
    vectors = np.random.default_rng(1).normal(size=(COUNT, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    write_vectors(workspace, MODEL, [key for key, _ in missing_texts(workspace, MODEL, "prompt")], vectors)
    write_map(workspace, MODEL, "prompt", Layout(), (numbers, vectors[:, :2]))
    write_labels(workspace, "cluster", {i: "rivers, bread" if i % 2 else "chess, letter" for i in range(COUNT)})
    similarity = np.linspace(0.75, 0.99, 20, dtype=np.float32)
    write_pairs(workspace, MODEL, "prompt", (0.7, COUNT), Edges(numbers[:20], numbers[20:], similarity))
    add_decisions(workspace, [0, 1, 2, 3], Decision("accept", "me"))
    add_decisions(workspace, [4], Decision("reject", "me", "too short"))
    add_decisions(workspace, [5], Decision("tag", "me", "look again"))
    return workspace


def _answer(i: int) -> str:
    told = " Write to ada.lovelace@lovelace-letters.net for more." if i % 8 == 0 else ""
    return f"Here is answer {i}, in a few words that say what was asked for.{told}"
