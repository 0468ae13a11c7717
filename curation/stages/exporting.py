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
from curation.recipe import Splits, read_recipe, write_recipe
from curation.runs import Job, Step
from curation.sample import Origin, Sample
from curation.splits import split, union_groups
from curation.stages.curating import current_recipe, renew_duplicates
from curation.store import Workspace
from curation.store.browse import count_states, numbers_of
from curation.store.pairs import latest_space, pairs_above
from curation.store.recipes import Exported, write_export
from curation.store.samples import count_occurrences, origins_of, read_lineage, read_samples
from curation.store.signals import read_labels
from curation.store.workspace import now

TOGETHER = 0.9
"""Cosine from which two samples share a split where the recipe names no threshold of its own."""


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
    """

    name: str
    formats: tuple[str, ...]
    root: Path
    states: tuple[str, ...] = ("accepted", "kept")
    splits: Splits = field(default_factory=Splits)
    licence: str = "other"


@dataclass(frozen=True)
class Plan:
    """Which sample goes where, before anything is written.

    Args:
        numbers: of the samples that are in.
        samples: the same in full.
        assignment: sample id → split.
        threshold: the cosine from which two samples were kept together, None where no pairs are known.
        groups: how many sets of samples that had to stay together.
    """

    numbers: Sequence[int]
    samples: Sequence[Sample]
    assignment: Mapping[str, str]
    threshold: float | None
    groups: int

    def sizes(self) -> dict[str, int]:
        """Samples per split."""
        return dict(Counter(self.assignment.values()))

    def of(self, name: str, form: FileFormat) -> list[Sample]:
        """The samples of one split that a format can carry."""
        return [sample for sample in self.samples if self.assignment[sample.id] == name and form.accepts(sample)]


def default_root(workspace: Workspace) -> Path:
    """The folder `exports` beside the workspace file."""
    return workspace.path.parent / "exports"


def plan(workspace: Workspace, states: Sequence[str], splits: Splits) -> Plan:
    """Choose what is in and deal it into splits; near-duplicates, equal prompts and relatives stay together.

    Which near-duplicates the recipe drops is decided anew first, so that every decision and sample so far counts.

    Raises:
        NotReady: nothing is in, or the recipe drops near-duplicates by a text that was not compared.
    """
    renew_duplicates(workspace)
    numbers = numbers_of(workspace, Facets(states=tuple(states))).tolist()
    if not numbers:
        raise NotReady("No sample is in: import some, or loosen the filters, before exporting.")
    samples = read_samples(workspace, numbers)
    threshold, groups = _groups(workspace, numbers, samples)
    kinds = read_labels(workspace, "task_type")
    shares = {name: share for name, share in _shares(splits).items() if share > 0}
    ids = [sample.id for sample in samples]
    assignment = split(ids, groups, [kinds[number] for number in numbers], shares, splits.seed)
    return Plan(numbers, samples, assignment, threshold, len(set(groups)))


def export_job(workspace: Workspace, wanted: Wanted) -> Job:
    """An export as a run."""

    def work(run: str, step: Step) -> str:
        done = export(workspace, run, wanted, step)
        return f"{done.samples:,} samples exported to {done.folder}"

    return Job("export", ", ".join(wanted.formats), {"name": wanted.name, "licence": wanted.licence}, work)


def export(workspace: Workspace, run: str, wanted: Wanted, step: Step) -> Exported:
    """Write an export into a folder of its own, all of it or nothing (N9).

    Raises:
        NotReady: nothing is in, or no chosen format can carry any of it.
    """
    chosen = plan(workspace, wanted.states, wanted.splits)
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
    card = Card(wanted.name, licence=wanted.licence, sources=dict(sources.most_common()))
    manifest = _manifest(workspace, chosen, origins, recipe)
    folder = export_folder(wanted.root, wanted.name, parts, manifest, card)
    digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    exported = Exported(run, str(folder), len(chosen.numbers), digest, recipe, now())
    write_export(workspace, exported)
    step(3, 3)
    return exported


def _shares(splits: Splits) -> dict[str, float]:
    return {"train": splits.train, "validation": splits.validation, "test": splits.test}


def _part(form: FileFormat, chosen: Plan) -> Part:
    splits = {name: chosen.of(name, form) for name in chosen.sizes()}
    return Part(form, {name: samples for name, samples in splits.items() if samples})


def _groups(
    workspace: Workspace, numbers: Sequence[int], samples: Sequence[Sample]
) -> tuple[float | None, Sequence[int]]:
    """A label per sample, equal for samples that must share a split, and the cosine that was used."""
    at = {number: position for position, number in enumerate(numbers)}
    family = [(at[child], at[parent]) for child, parent in read_lineage(workspace) if child in at and parent in at]
    family += _siblings(workspace, at)
    first: dict[str, int] = {}
    equal = [(position, first.setdefault(sample.prompt, position)) for position, sample in enumerate(samples)]
    space = latest_space(workspace)
    if space is None:
        return None, union_groups(len(numbers), family, equal)
    threshold = max(current_recipe(workspace).duplicates.threshold or TOGETHER, space.floor)
    alike = [(at[a], at[b]) for a, b, _ in pairs_above(workspace, space.id, threshold, numbers)]
    return threshold, union_groups(len(numbers), family, equal, alike)


def _siblings(workspace: Workspace, at: Mapping[int, int]) -> list[tuple[int, int]]:
    """Children of one parent belong together also where the parent itself is not exported."""
    eldest: dict[int, int] = {}
    lineage = [(child, parent) for child, parent in read_lineage(workspace) if child in at]
    return [(at[child], at[eldest.setdefault(parent, child)]) for child, parent in lineage]


def _manifest(workspace: Workspace, chosen: Plan, origins: Mapping[int, Sequence[Origin]], recipe: str) -> Manifest:
    states = count_states(workspace, Facets())
    collected = {"collected": count_occurrences(workspace), "distinct": sum(states.values())}
    licences = Counter(origin.licence or "not stated" for found in origins.values() for origin in found)
    pairs = zip(chosen.numbers, chosen.samples, strict=True)
    return Manifest(
        recipe=recipe,
        seed=read_recipe(recipe).splits.seed,
        versions={"sift": __version__, "python": platform.python_version(), "duckdb": version("duckdb")},
        counts=collected | states | {"exported": len(chosen.numbers)},
        overrides={state: states[state] for state in ("accepted", "rejected")},
        licences=dict(licences.most_common()),
        provenance=[Provenance(sample.id, chosen.assignment[sample.id], origins[number]) for number, sample in pairs],
    )
