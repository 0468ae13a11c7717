"""`sift reproduce`."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from curation.cli.talking import AsJson, InWorkspace, do, say

if TYPE_CHECKING:  # `sift --help` would wait for all of it
    from curation.methods import Row
    from curation.stages.reproducing import Reproduction

DIFFERENT = 1
"""Exit status where not every byte is the same."""
MOST = 10
"""Samples that are named one by one in words; --json has them all."""


def reproduce(
    manifest: Annotated[Path, typer.Argument(help="The manifest.json of an export.")],
    workspace: InWorkspace = None,
    to: Annotated[Path | None, typer.Option(help="Keep the new export, in its own folder under this one.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make an export again and compare every file, byte for byte.

    Example: sift reproduce out/my-data-20261121-101500-1a2b3c4d/manifest.json -w pool.duckdb

    Reads the manifest and the workspace, which stays as it is: the work is done in a copy. Exit status 0 where every
    file has the same bytes; else 1, and it says what differs: recipe, versions, samples, and where in which file; or
    why the gate would hold it back now.
    """
    from curation.home import workspace_path
    from curation.stages.reproducing import reproduce as reproduced

    path = (workspace or workspace_path()).expanduser().absolute()
    found = reproduced(path, manifest, to, do)
    say(_row(found), as_json, "\n".join(_lines(found)))
    if not found.is_same:
        raise typer.Exit(DIFFERENT)


def _row(found: "Reproduction") -> "Row":
    return {
        "same": found.is_same,
        "files": found.files,
        "differences": [asdict(one) for one in found.differences],
        "samples": [asdict(one) for one in found.samples],
        "notes": list(found.notes),
        "folder": str(found.folder) if found.folder else None,
    }


def _lines(found: "Reproduction") -> list[str]:
    if found.is_same:
        lines = [f"The same: all {found.files:,} files have the same bytes."]
    else:
        lines = ["Not the same.", *_differences(found, ("gate", "recipe", "manifest")), *_samples(found)]
        lines += _differences(found, ("file",))
    lines += [f"Note: {note}" for note in found.notes]
    return [*lines, f"The new export is in {found.folder}."] if found.folder else lines


def _differences(found: "Reproduction", kinds: tuple[str, ...]) -> list[str]:
    return [f"{one.kind} {one.what}: {one.said}" for one in found.differences if one.kind in kinds]


def _samples(found: "Reproduction") -> list[str]:
    lines = list[str]()
    for what in dict.fromkeys(one.what for one in found.samples):
        those = [one for one in found.samples if one.what == what]
        lines.append(f"Samples {what}: {len(those):,}")
        lines += [f"  {_named(one.number, one.sample_id)}: {one.why}" for one in those[:MOST]]
        lines += [f"  and {len(those) - MOST:,} more; --json names them all"] if len(those) > MOST else []
    return lines


def _named(number: int | None, sample_id: str) -> str:
    return f"sample {number}" if number is not None else sample_id[:8]
