"""One export → one new folder, whole or not at all."""

import os
import secrets
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from errno import EEXIST, ENOTEMPTY
from itertools import count
from pathlib import Path

from curation.errors import BadRecipe, CurationError, NotReady
from curation.exporters.card import Card
from curation.exporters.contents import Contents, Part
from curation.exporters.manifest import Manifest
from curation.exporters.naming import check_split, slug

TEMPORARY, DIGITS = ".tmp-", 16
ABANDONED_AFTER = 24 * 3600
"""Seconds without a new file after which a temporary folder belongs to a process that was killed."""


def export_folder(root: Path, name: str, parts: Sequence[Part], manifest: Manifest, card: Card) -> Path:
    """Write every part into a new folder `<root>/<slug>-<YYYYmmdd-HHMMSS>-<hash8>` and give its path.

    The folder appears in one step (rename) after everything in it is on the disk; until then it is a hidden
    `.tmp-…`, which is removed on any error and, after a kill, by an export a day later. A folder is never written
    twice: `datasets` would serve the old rows from its cache. The time of day is UTC, the hash that of the manifest,
    and equal samples and settings give equal bytes in every file.

    Raises:
        NotReady: there is nothing that one of the formats can carry.
        BadRecipe: a format or a split that cannot be written.
        CurationError: the disk refused.
    """
    _check(parts)
    with _disk_errors(root), _work_folder(root) as work:
        contents = Contents(work)
        configs = [config for part in parts if (config := contents.part(part))]
        if not configs:
            raise NotReady(
                "There is nothing to export: none of the chosen formats can carry any of the samples that are in "
                "(preference formats need a rejected answer)."
            )
        digest = contents.side_files(slug(name), configs, manifest, card)
        for folder in (*filter(Path.is_dir, work.iterdir()), work):
            _sync(folder)
        moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        return _publish(work, f"{slug(name)}-{moment}-{digest[:8]}")


def _check(parts: Sequence[Part]) -> None:
    names = [part.format.name for part in parts]
    for name in names:
        if names.count(name) > 1:
            raise BadRecipe(f"The format {name} is asked for twice in one export; make two exports.")
    for part in parts:
        for split in part.splits:
            check_split(split)


@contextmanager
def _disk_errors(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise CurationError(
            f"The export to {root} stopped and left nothing behind: {reason}. Make room there or choose another folder."
        ) from error


@contextmanager
def _work_folder(root: Path) -> Iterator[Path]:
    """A hidden folder under the real root; gone afterwards unless it was published under another name."""
    home = root.resolve()
    home.mkdir(parents=True, exist_ok=True)
    _sweep(home)
    work = home / f"{TEMPORARY}{secrets.token_hex(DIGITS // 2)}"
    work.mkdir()
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _sweep(home: Path) -> None:
    """Remove what killed exports left: nobody else can see it, and nobody will finish it."""
    for left in home.glob(f"{TEMPORARY}{'[0-9a-f]' * DIGITS}"):  # the folder may hold what others call so
        with suppress(FileNotFoundError):  # published or removed by its own export meanwhile
            if time.time() - left.stat().st_mtime > ABANDONED_AFTER:
                shutil.rmtree(left, ignore_errors=True)


def _publish(work: Path, name: str) -> Path:
    """Rename to a name that is free: two exports in one second may be equal."""
    for attempt in count(1):
        final = work.with_name(name if attempt == 1 else f"{name}-{attempt}")
        try:
            work.rename(final)
        except OSError as error:
            if error.errno not in (EEXIST, ENOTEMPTY):
                raise
        else:
            break
    _sync(final.parent)
    return final


def _sync(folder: Path) -> None:
    """Make names in a folder last: a file that is on the disk can still be missing from its folder after a crash."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
