"""What is in → splits without leaks → files that a trainer loads, with a manifest that leads back to every origin."""

import hashlib
import platform
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from curation import __version__
from curation.errors import NotReady
from curation.exporters import FORMATS, Card, FileFormat, Manifest, Part, Provenance, export_folder
from curation.facets import Facets
from curation.methods import Row
from curation.recipe import Splits, read_recipe, write_recipe
from curation.runs import Job, Step
from curation.sample import Origin
from curation.stages.curating import current_recipe
from curation.stages.planning import Plan, count_practice, plan
from curation.store import Workspace
from curation.store.browse import count_states
from curation.store.people import check
from curation.store.recipes import Exported, write_export
from curation.store.samples import count_occurrences, origins_of
from curation.store.workspace import now


@dataclass(frozen=True)
class Wanted:
    """What to export.

    Args:
        name: of the data set; becomes part of the folder's name.
        formats: names of formats.
        states: accepted and kept, or accepted alone.
        splits: shares and seed.
        licence: an identifier of the Hub for the card.
        root: the folder under which the export gets its own.
        practice: whether text of the practice model, which is no data to train on, goes with the rest.
    """

    name: str
    formats: tuple[str, ...]
    root: Path
    states: tuple[str, ...] = ("accepted", "kept")
    splits: Splits = field(default_factory=Splits)
    licence: str = "other"
    practice: bool = False


def default_root(workspace: Workspace) -> Path:
    """The folder `exports` beside the workspace file."""
    return workspace.path.parent / "exports"


def export_job(workspace: Workspace, wanted: Wanted) -> Job:
    """An export as a run.

    Raises:
        NotAllowed: the role of the one who asks does not allow it.
    """
    check(workspace, "export")

    def work(run: str, step: Step) -> str:
        done = export(workspace, run, wanted, step)
        held = count_practice(workspace, wanted.states)
        rest = f" ({held:,} of the practice model left out)" if held and not wanted.practice else ""
        return f"{done.samples:,} samples exported to {done.folder}{rest}"

    options: Row = {"name": wanted.name, "licence": wanted.licence, "practice": wanted.practice}
    return Job("export", ", ".join(wanted.formats), options, work)


def export(workspace: Workspace, run: str, wanted: Wanted, step: Step) -> Exported:
    """Write an export into a folder of its own, all of it or nothing (N9).

    Raises:
        NotReady: nothing is in, or no chosen format can carry any of it.
        NotAllowed: the role of the one who asks does not allow it.
    """
    check(workspace, "export")
    chosen = plan(workspace, wanted.states, wanted.splits, practice=wanted.practice)
    step(1, 3)
    origins = origins_of(workspace, chosen.numbers)
    parts = [part for part in (_part(FORMATS[name](), chosen) for name in wanted.formats) if part.splits]
    if not parts:
        raise NotReady(
            "None of the chosen formats can carry these samples (preference formats need a rejected answer)."
        )
    step(2, 3)
    recipe = write_recipe(current_recipe(workspace).model_copy(update={"splits": wanted.splits}))
    sources = Counter(origin.source for found in origins.values() for origin in found)
    held = count_practice(workspace, wanted.states)
    about = _about_practice(held) if wanted.practice and held else ""
    card = Card(wanted.name, about, licence=wanted.licence, sources=dict(sources.most_common()))
    manifest = _manifest(workspace, chosen, origins, recipe, (held, 0) if wanted.practice else (0, held))
    folder = export_folder(wanted.root, wanted.name, parts, manifest, card)
    digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    exported = Exported(run, str(folder), len(chosen.numbers), digest, recipe, now())
    write_export(workspace, exported, chosen.numbers)
    step(3, 3)
    return exported


def _about_practice(held: int) -> str:
    return (
        f"{held:,} of these samples are text of the practice model of Sift: made up by rule, for trying things out. "
        "They are no data to train on, and were exported because that was asked for."
    )


def _part(form: FileFormat, chosen: Plan) -> Part:
    splits = {name: chosen.of(name, form) for name in chosen.sizes()}
    return Part(form, {name: samples for name, samples in splits.items() if samples})


def _manifest(
    workspace: Workspace,
    chosen: Plan,
    origins: Mapping[int, Sequence[Origin]],
    recipe: str,
    practice: tuple[int, int],
) -> Manifest:
    """`practice` has how many samples of the practice model go out and how many are left out."""
    states = count_states(workspace, Facets())
    collected = {"collected": count_occurrences(workspace), "distinct": sum(states.values())}
    licences = Counter(origin.licence or "not stated" for found in origins.values() for origin in found)
    pairs = zip(chosen.numbers, chosen.samples, strict=True)
    return Manifest(
        recipe=recipe,
        seed=read_recipe(recipe).splits.seed,
        versions={"sift": __version__, "python": platform.python_version(), "duckdb": version("duckdb")},
        counts=collected | states | {"practice_left_out": practice[1], "exported": len(chosen.numbers)},
        overrides={state: states[state] for state in ("accepted", "rejected")} | {"practice": practice[0]},
        licences=dict(licences.most_common()),
        provenance=[Provenance(sample.id, chosen.assignment[sample.id], origins[number]) for number, sample in pairs],
    )
