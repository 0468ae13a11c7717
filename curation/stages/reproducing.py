"""A manifest and a workspace → the same export again, or what differs."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from curation import runs
from curation.errors import BadFile, BadRecipe, HeldBack
from curation.exporters import FORMATS, Earlier, Read, read_manifest
from curation.exporters.comparison import differing_lines, differing_values, first_difference
from curation.recipe import Recipe, read_recipe
from curation.runs import Job
from curation.stages.curating import apply_recipe, current_recipe
from curation.stages.departures import Departure, departures, read_splits
from curation.stages.exporting import Wanted, export_job
from curation.store import Workspace, open_workspace
from curation.store.copying import copy_workspace
from curation.store.recipes import read_exports

PROVENANCE = "provenance.jsonl"
MANIFEST = "manifest.json"
Do = Callable[[Workspace, Job], str]


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was: a check of the gate, a file, a line of the recipe, a value of the manifest."""

    kind: str
    what: str
    said: str


@dataclass(frozen=True)
class Reproduction:
    """What came of making an export again.

    Args:
        files: how many files were compared, the manifest among them; none where the gate holds the export back.
        differences: what is not as it was; none where every file has the same bytes.
        samples: which samples went, came or moved, where that could be told.
        notes: what is worth knowing and makes no difference.
        folder: where the new export is, None where it was not kept.
    """

    files: int
    differences: tuple[Difference, ...]
    samples: tuple[Departure, ...]
    notes: tuple[str, ...]
    folder: Path | None

    @property
    def is_same(self) -> bool:
        """Whether every file has the same bytes."""
        return not self.differences


def reproduce(path: Path, manifest: Path, to: Path | None = None, do: Do = runs.run_now) -> Reproduction:
    """Make an export again from its manifest, and compare every file by its hash.

    All work is done in a copy of the workspace, which stays as it is. There the recipe of the manifest is in force, and
    what was asked for is asked for again; measurements, decisions and near-duplicates are those of today.

    Args:
        path: the workspace file, which nobody has open.
        manifest: the `manifest.json` of an export.
        to: a folder that gets the new export; without one it is thrown away after the comparison.
        do: does the export; the command line shows a bar with it.

    Raises:
        BadFile: the manifest is damaged or none of ours.
        BadRecipe: its recipe cannot be read.
        WorkspaceBusy: another process has the workspace open.
        CurationError: the export cannot be made at all any more; the message says why.
    """
    earlier = read_manifest(manifest)
    recipe = _recipe(manifest, earlier.needed)
    with TemporaryDirectory(prefix="sift-") as folder:
        wanted = _wanted(manifest, earlier.needed, recipe, to.absolute() if to else Path(folder) / "exports")
        with _opened(copy_workspace(path, Path(folder))) as workspace:
            notes = _in_force(workspace, recipe)
            try:
                do(workspace, export_job(workspace, wanted))
            except HeldBack as error:
                return _held_back(error, notes)
            found = _compared(workspace, earlier, Path(read_exports(workspace)[0].folder), notes)
    return found if to else replace(found, folder=None)


def _wanted(manifest: Path, earlier: Earlier, recipe: Recipe, root: Path) -> Wanted:
    asked = earlier.options
    unknown = [name for name in asked.formats if name not in FORMATS]
    if unknown:
        raise BadFile(f"{manifest} names the format {unknown[0]}, which this version of Sift does not have.")
    return Wanted(
        asked.name,
        asked.formats,
        root,
        asked.states,
        recipe.shape(),
        licence=asked.licence,
        practice=asked.practice,
        text=asked.text,
        traced=asked.traced,
        overrides=asked.overrides,
        by=asked.by,
        at=asked.at,
    )


def _recipe(manifest: Path, earlier: Earlier) -> Recipe:
    try:
        return read_recipe(earlier.recipe)
    except BadRecipe as error:
        raise BadFile(f"{manifest} holds a recipe that cannot be read. {error}") from error


@contextmanager
def _opened(path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(path)
    try:
        yield workspace
    finally:
        workspace.close()


def _in_force(workspace: Workspace, recipe: Recipe) -> list[str]:
    """Put the recipe of the manifest in force, and say so where there is another."""
    if current_recipe(workspace).shaped(recipe.shape()) == recipe:
        return []
    apply_recipe(workspace, recipe, "of the manifest", "sift reproduce")
    return ["Another recipe is in force in the workspace; the one of the manifest was used."]


def _held_back(error: HeldBack, notes: list[str]) -> Reproduction:
    """What the gate would not let out today, though it went out then: nothing is written that could be compared."""
    found = [Difference("gate", check, f"would hold it back now: {words}") for check, _, words in error.lines]
    return Reproduction(0, tuple(found), (), (*notes, "Nothing was written, so no file was compared."), None)


def _compared(workspace: Workspace, earlier: Read, made: Path, notes: list[str]) -> Reproduction:
    now = read_manifest(made / MANIFEST)
    intact, odd = _beside(earlier)
    found = [
        *(
            Difference("recipe", line[:1], line[1:])
            for line in differing_lines(earlier.needed.recipe, now.needed.recipe)
        ),
        *(Difference("manifest", what, said) for what, said in differing_values(earlier.content, now.content)),
        *_differing_files(earlier, now, intact),
    ]
    if not found and earlier.sha256 != now.sha256:
        found = [Difference("file", MANIFEST, "the same content in other bytes")]
    samples = _samples(workspace, earlier, made, intact) if found else []
    return Reproduction(len(earlier.needed.files) + 1, tuple(found), tuple(samples), (*notes, *odd), made)


def _beside(earlier: Read) -> tuple[set[str], list[str]]:
    """The files beside the manifest that are as they were exported, and a sentence for each of the others."""
    intact, odd = set(), list[str]()
    for path, file in earlier.needed.files.items():
        there = earlier.path.parent / path
        if not there.is_file():
            odd.append(f"{path} is not beside the manifest; what is compared is its hash.")
        elif _hash(there) != file.sha256:
            odd.append(f"{path} beside the manifest was changed after the export; what is compared is its hash then.")
        else:
            intact.add(path)
    return intact, odd


def _differing_files(then: Read, now: Read, intact: set[str]) -> Iterator[Difference]:
    old, new = then.needed.files, now.needed.files
    for path in dict.fromkeys([*old, *new]):
        if path not in new:
            yield Difference("file", path, "written then, not now")
        elif path not in old:
            yield Difference("file", path, "written now, not then")
        elif old[path].sha256 != new[path].sha256:
            places = then.path.parent / path, now.path.parent / path
            yield Difference("file", path, first_difference(*places) if path in intact else "other bytes")


def _samples(workspace: Workspace, earlier: Read, made: Path, intact: set[str]) -> list[Departure]:
    """Which samples went, came or moved, where the earlier export still tells which it held."""
    if PROVENANCE not in intact:
        return []
    return departures(workspace, read_splits(earlier.path.parent / PROVENANCE), read_splits(made / PROVENANCE))


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
