"""The sample project: the data that comes with Sift, imported file by file and measured."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from curation import runs
from curation.errors import NotReady
from curation.importers import collect, open_rows, preview
from curation.importers.layouts.alpaca import Alpaca
from curation.runs import Job, Step
from curation.sample import Collected, Refusal
from curation.stages.importing import import_job, sentence
from curation.stages.measuring import measure_job
from curation.store import Workspace
from curation.store.samples import add_samples

Watch = Callable[[str, float], None]
POOL = "pool.jsonl"
OTHERS = {
    "seed_tasks.jsonl": "seed tasks",
    "multi_turn.jsonl": "conversations",
    "preference.jsonl": "preference pairs",
}
"""The other files, and what their samples say that they come from."""
LICENCE = "Apache-2.0"


def sample_folder() -> Path:
    """The folder `sample_data` of the checkout that this program runs from."""
    return Path(__file__).resolve().parents[2] / "sample_data"


def open_sample_project(workspace: Workspace, folder: Path | None = None, watch: Watch = lambda *_: None) -> None:
    """Import every file as a run of its own, then measure; a second time adds nothing.

    Args:
        workspace: where to.
        folder: where the files are, where they do not lie beside the program.
        watch: told what is done now and how much of it, 0 to 1.

    Raises:
        NotReady: a file is not there.
    """
    folder = folder or sample_folder()
    missing = [name for name in (POOL, *OTHERS) if not (folder / name).is_file()]
    if missing:
        raise NotReady(
            f"The sample project is not here: {folder / missing[0]} is missing. It comes with a checkout of Sift; "
            "import a file of your own instead."
        )
    watch(f"Importing {POOL}", 0.0)
    runs.run_now(workspace, _pool_job(workspace, folder / POOL))
    for at, (name, source) in enumerate(OTHERS.items(), 1):
        watch(f"Importing {name}", at / (len(OTHERS) + 1))
        path = str(folder / name)
        layout = preview(path).layout or Alpaca()
        runs.run_now(workspace, import_job(workspace, path, layout, source, LICENCE))
    runs.run_now(workspace, measure_job(workspace), lambda done, of: watch("Measuring", done / of if of else 1.0))


def _pool_job(workspace: Workspace, path: Path) -> Job:
    """The pool names a source per row, which becomes the origin of its sample."""

    def work(run: str, step: Step) -> str:
        rows = [item for item in open_rows(str(path)).items if not isinstance(item, Refusal)]
        sources = {place: str(row.get("source") or path.name) for place, row in rows}
        found = list(collect(str(path), Alpaca(), source=path.name, licence=LICENCE))
        collected = [_from(item, sources) for item in found if isinstance(item, Collected)]
        added = add_samples(workspace, run, collected, [item for item in found if isinstance(item, Refusal)])
        step(added.read, added.read)
        return sentence(added)

    return Job("import", Alpaca.name, {"file": path.name, "source": "one per row", "licence": LICENCE}, work)


def _from(item: Collected, sources: dict[str, str]) -> Collected:
    return replace(item, origin=replace(item.origin, source=sources[item.origin.ref]))
