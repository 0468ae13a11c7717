"""What is in → splits without leaks → files that a trainer loads, with a manifest that leads back to every origin."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path

from curation.computing.garbage import kept_from_searching
from curation.errors import NotReady
from curation.exporters import FORMATS, Card, FileFormat, Manifest, Options, Part, export_folder
from curation.facets import Facets
from curation.methods import Row
from curation.recipe import Shape, write_recipe
from curation.runs import Job, Step
from curation.sample import Sample
from curation.stages.accounting import compared, counts, seeds, versions
from curation.stages.curating import current_recipe
from curation.stages.dealt_words import asked, remarks
from curation.stages.describing import sections
from curation.stages.gate import examine, hold_back, reasons_of, rows_of, speaker
from curation.stages.planning import BLOCK, count_practice, inside, plan
from curation.stages.proving import Prover
from curation.stages.selecting import choose
from curation.stages.tracing import Traced, provenance_of
from curation.store import Workspace
from curation.store.browse import count_states
from curation.store.people import check
from curation.store.recipes import Exported, write_export
from curation.store.traces import count_traces
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
        overrides: (check of the gate, reason for going on all the same).
        by: who gave these reasons; "" for who starts the export.
        at: when, as 2026-11-21T10:15:00Z; "" for when it is started.
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
    overrides: tuple[tuple[str, str], ...] = ()
    by: str = ""
    at: str = ""

    def forms(self) -> list[FileFormat]:
        """The formats with their options."""
        return [form_of(name, text=self.text) for name in self.formats]

    def options(self) -> Options:
        """What making the export again needs to know besides its recipe."""
        return Options.model_validate({name: getattr(self, name) for name in Options.model_fields})


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
        BadInput: a reason is given for a check that there is none of, or it is empty.
    """
    check(workspace, "export")
    reasons_of(wanted)
    wanted = _signed(workspace, wanted)

    def work(run: str, step: Step) -> str:
        done = export(workspace, run, wanted, step)
        held = count_practice(workspace, wanted.states)
        rest = f" ({held:,} of the practice model left out)" if held and not wanted.practice else ""
        return f"{done.samples:,} samples exported to {done.folder}{rest}.{_told(Path(done.folder))}"

    options: Row = {name: getattr(wanted, name) for name in ("name", "licence", "practice", "text", "traced")}
    return Job("export", ", ".join(wanted.formats), options, work)


def export(workspace: Workspace, run: str, wanted: Wanted, step: Step) -> Exported:
    """Write an export into a folder of its own, all of it or nothing (N9).

    Raises:
        NotReady: nothing is in, or no chosen format can carry any of it, or the recipe was changed meanwhile.
        NotAllowed: the role of the one who asks does not allow it.
        BadInput: a reason is given for a check that there is none of, or it is empty.
        HeldBack: a check holds the export back, and no reason is given for it.
    """
    check(workspace, "export")
    before = current_recipe(workspace)
    going = inside(workspace, wanted.states, practice=wanted.practice)
    choose(workspace, going, wanted.shape.selection, step)
    chosen = plan(workspace, wanted.states, wanted.shape, practice=wanted.practice)
    findings = examine(workspace, wanted, chosen)
    hold_back(findings, reasons_of(wanted))
    traced = Traced(workspace, chosen) if wanted.traced else None
    parts = [
        Part(form, {name: _watched(chosen.samples(name), step) for name in chosen.sizes()}, traced)
        for form in wanted.forms()
    ]
    recipe = write_recipe(before.shaped(wanted.shape))
    held = count_practice(workspace, wanted.states) if wanted.practice else 0
    traces = count_traces(workspace, chosen.numbers)
    card = Card(
        wanted.name,
        _about_practice(held) if held else "",
        wanted.licence,
        sources=traces.sources,
        sections=sections(workspace, wanted.states, chosen),
    )
    decided = count_states(workspace, Facets())
    manifest = Manifest(
        recipe=recipe,
        options=wanted.options().model_dump(mode="json"),
        seeds=seeds(wanted.shape),
        versions=versions(),
        counts=counts(workspace, chosen),
        splits={"asked": asked(chosen), "remarks": remarks(chosen)},
        overrides={state: decided[state] for state in ("accepted", "rejected")} | {"practice": held},
        licences=traces.licences,
        models={model: asdict(asked) for model, asked in traces.models.items()},
        near_duplicates=compared(workspace),
        gate=rows_of(findings, wanted),
        provenance=provenance_of(workspace, chosen),
        prove=partial(_proved, Prover(chosen, parts), step),
    )
    if current_recipe(workspace) != before:
        raise NotReady("The recipe was changed while the samples were chosen, so nothing was written. Export again.")
    with kept_from_searching():
        folder = export_folder(wanted.root, wanted.name, parts, manifest, card)
    digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    exported = Exported(run, str(folder), len(chosen.numbers), digest, recipe, now())
    write_export(workspace, exported, chosen.numbers)
    return exported


def _watched(samples: Iterator[Sample], step: Step) -> Iterator[Sample]:
    """The same; in between it can be stopped."""
    for place, sample in enumerate(samples):
        if not place % BLOCK:
            step(1, 3)
        yield sample


def _proved(prover: Prover, step: Step, folder: Path) -> Row:
    """The proof, after which nothing stops the export: a finished one is never called cancelled."""
    step(2, 3)
    proof = prover(folder)
    step(3, 3)
    return proof


def _signed(workspace: Workspace, wanted: Wanted) -> Wanted:
    """With who gives the reasons, which the thread of a run cannot tell, and when."""
    if not wanted.overrides or wanted.by:
        return wanted
    return replace(wanted, by=speaker(workspace), at=f"{now():%Y-%m-%dT%H:%M:%SZ}")


def _told(folder: Path) -> str:
    """What is not as asked, and what the gate found and let through, as the manifest has it."""
    manifest = json.loads((folder / "manifest.json").read_text())
    gate = manifest["gate"]
    overridden = [f"{row['check']} ({row['count']:,})" for row in gate if row["blocks"]]
    warned = [f"{row['check']} ({row['count']:,})" for row in gate if not row["blocks"]]
    said = {"Overridden": overridden, "Warned": warned}
    gated = [f"{words}: {', '.join(lines)}." for words, lines in said.items() if lines]
    return "".join(f" {sentence}" for sentence in (*manifest["splits"]["remarks"], *gated))


def _about_practice(held: int) -> str:
    return (
        f"{held:,} of these samples are text of the practice model of Sift: made up by rule, for trying things out. "
        "They are no data to train on, and were exported because that was asked for."
    )
