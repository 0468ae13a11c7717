"""What is in → splits without leaks → files that a trainer loads, with a manifest that leads back to every origin."""

import hashlib
import platform
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from curation import __version__
from curation.exporters import FORMATS, Card, FileFormat, Manifest, Part, Provenance, export_folder
from curation.facets import Facets
from curation.methods import Row
from curation.recipe import Shape, read_recipe, write_recipe
from curation.runs import Job, Step
from curation.stages.curating import current_recipe
from curation.stages.describing import sections
from curation.stages.planning import Plan, count_practice, plan
from curation.store import Workspace
from curation.store.browse import count_states
from curation.store.people import check
from curation.store.recipes import Exported, write_export
from curation.store.samples import count_occurrences, occurrences_of
from curation.store.workspace import now


@dataclass(frozen=True)
class Wanted:
    """What to export.

    Args:
        name: of the data set; becomes part of the folder's name.
        formats: names of formats.
        states: accepted and kept, or accepted alone.
        shape: selection, mixture and splits.
        licence: an identifier of the Hub for the card.
        root: the folder under which the export gets its own.
        practice: whether text of the practice model, which is no data to train on, goes with the rest.
        text: plain text instead of messages, in the formats that have both.
        traced: whether each row says where its sample came from.
    """

    name: str
    formats: tuple[str, ...]
    root: Path
    states: tuple[str, ...] = ("accepted", "kept")
    shape: Shape = field(default_factory=Shape)
    licence: str = "other"
    practice: bool = False
    text: bool = False
    traced: bool = False

    def forms(self) -> list[FileFormat]:
        """The formats with their options."""
        return [form_of(name, text=self.text) for name in self.formats]


def form_of(name: str, *, text: bool) -> FileFormat:
    """A format by its name, as plain text where that is asked for and it can be."""
    plain = text and "conversational" in FORMATS[name].model_fields
    return FORMATS[name].model_validate({"conversational": False} if plain else {})


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

    options: Row = {name: getattr(wanted, name) for name in ("name", "licence", "practice", "text", "traced")}
    return Job("export", ", ".join(wanted.formats), options, work)


def export(workspace: Workspace, run: str, wanted: Wanted, step: Step) -> Exported:
    """Write an export into a folder of its own, all of it or nothing (N9).

    Raises:
        NotReady: nothing is in, or no chosen format can carry any of it.
        NotAllowed: the role of the one who asks does not allow it.
    """
    check(workspace, "export")
    chosen = plan(workspace, wanted.states, wanted.shape, practice=wanted.practice)
    step(1, 3)
    provenance = _provenance(workspace, chosen)
    traced = {one.sample_id: one for one in provenance} if wanted.traced else None
    parts = [Part(form, {name: chosen.samples(name) for name in chosen.sizes()}, traced) for form in wanted.forms()]
    step(2, 3)
    recipe = write_recipe(current_recipe(workspace).shaped(wanted.shape))
    sources = Counter(origin.source for one in provenance for origin in one.origins)
    held = count_practice(workspace, wanted.states)
    about = _about_practice(held) if wanted.practice and held else ""
    card = Card(
        wanted.name,
        about,
        wanted.licence,
        sources=dict(sources.most_common()),
        sections=sections(workspace, wanted.states, chosen),
    )
    manifest = _manifest(workspace, provenance, recipe, (held, 0) if wanted.practice else (0, held))
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


def _provenance(workspace: Workspace, chosen: Plan) -> list[Provenance]:
    found = occurrences_of(workspace, chosen.numbers)
    return [
        Provenance(
            sample_id,
            chosen.assignment[sample_id],
            [origin for _, origin in found[number]],
            [run for run, _ in found[number]],
        )
        for number, sample_id in zip(chosen.numbers, chosen.ids, strict=True)
    ]


def _manifest(
    workspace: Workspace,
    provenance: Sequence[Provenance],
    recipe: str,
    practice: tuple[int, int],
) -> Manifest:
    """`practice` has how many samples of the practice model go out and how many are left out."""
    states = count_states(workspace, Facets())
    collected = {"collected": count_occurrences(workspace), "distinct": sum(states.values())}
    licences = Counter(origin.licence or "not stated" for one in provenance for origin in one.origins)
    return Manifest(
        recipe=recipe,
        seed=read_recipe(recipe).splits.seed,
        versions={"sift": __version__, "python": platform.python_version(), "duckdb": version("duckdb")},
        counts=collected | states | {"practice_left_out": practice[1], "exported": len(provenance)},
        overrides={state: states[state] for state in ("accepted", "rejected")} | {"practice": practice[0]},
        licences=dict(licences.most_common()),
        provenance=provenance,
    )
