"""The files of one export folder, in the order in which they are written."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from curation.exporters.axolotl import axolotl_pieces
from curation.exporters.card import CHARTS, Card, Config, card_text
from curation.exporters.file_format import Columns, FileFormat
from curation.exporters.llama_factory import dataset_info
from curation.exporters.manifest import COLUMNS, Manifest, Provenance
from curation.exporters.viewing_csv import safe_cell
from curation.exporters.writing import Written, write_rows
from curation.methods import Json, Row
from curation.sample import Sample


@dataclass(frozen=True)
class Part:
    """One format with the samples of each split. Samples that the format cannot carry are left out and counted.

    Args:
        format: the format.
        splits: split → samples.
        traced: sample id → where it came from, for columns of that beside those of the format; None writes none.
    """

    format: FileFormat
    splits: Mapping[str, Iterable[Sample]]
    traced: Mapping[str, Provenance] | None = None

    def columns(self) -> Columns:
        """The columns of the format, and those of where a sample came from where they are asked for."""
        if self.traced is None:
            return self.format.columns()
        more: Columns = dict.fromkeys(COLUMNS, "text") if self.format.container == "csv" else COLUMNS
        return {**self.format.columns(), **more}

    def rows(self, sample: Sample) -> list[Row]:
        """The rows of one sample that the format accepts."""
        rows = self.format.rows(sample)
        if self.traced is None:
            return rows
        more = self.traced[sample.id].columns()
        if self.format.container == "csv":
            more = {name: safe_cell(_one_text(value)) for name, value in more.items()}
        return [{**row, **more} for row in rows]


class Contents:
    """Writes files into a folder and keeps what `manifest.json` says about them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, Json] = {}
        self.left_out: dict[str, int] = {}

    def part(self, part: Part) -> Config | None:
        """Write the splits of one format that have rows; None where none has."""
        files, rows = {}, {}
        for split, samples in part.splits.items():
            path = f"{part.format.name}/{split}.{part.format.suffix}"
            if written := self._split(path, part, samples):
                files[split], rows[split] = path, written.rows
        return Config(part.format, files, rows, part.columns()) if files else None

    def side_files(self, slug: str, configs: Sequence[Config], manifest: Manifest, card: Card) -> str:
        """Write what explains the data files and give the hash of the manifest, which stands for all of them."""
        proof = manifest.prove(self.folder) if manifest.prove else {}
        content = hashlib.sha256(json.dumps(self.files).encode()).hexdigest()
        path = "provenance.jsonl"
        origins = (entry.row() for entry in manifest.provenance)
        self.files[path] = write_rows(self.folder / path, "jsonl", {}, origins)._asdict()
        if entries := dataset_info(slug, configs):
            self._text("dataset_info.json", _pretty(entries))
        for section in card.sections:
            if section.picture:
                self._text(f"{CHARTS}/{section.picture[0]}.svg", section.picture[1])
        for path, piece in axolotl_pieces(configs).items():
            self._text(path, piece)
        for path, described in _cards(configs).items():
            about = card if path == "README.md" else replace(card, sections=())
            self._text(path, card_text(about, described, manifest.recipe, content))
        return self._text("manifest.json", _pretty(manifest.with_files(self.files, self.left_out, proof)))

    def _split(self, path: str, part: Part, samples: Iterable[Sample]) -> Written | None:
        """Write one file; None, and no file, where no sample fits: readers refuse an empty file."""
        rows = self._fitting(path, part, samples)
        first = next(rows, None)
        if first is None:
            return None
        target = self.folder / path
        target.parent.mkdir(exist_ok=True)
        written = write_rows(target, part.format.container, part.columns(), chain([first], rows))
        self.files[path] = written._asdict()
        return written

    def _fitting(self, path: str, part: Part, samples: Iterable[Sample]) -> Iterator[Row]:
        for sample in samples:
            if part.format.accepts(sample):
                yield from part.rows(sample)
            else:
                self.left_out[path] = self.left_out.get(path, 0) + 1

    def _text(self, path: str, text: str) -> str:
        data = text.encode()
        target = self.folder / path
        target.parent.mkdir(exist_ok=True)
        with target.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        digest = hashlib.sha256(data).hexdigest()
        self.files[path] = {"bytes": len(data), "sha256": digest}
        return digest


def _one_text(value: Json) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _cards(configs: Sequence[Config]) -> dict[str, list[Config]]:
    """README path → what it describes.

    `datasets` reads all configurations of a card with one reader, so beside JSON files Parquet files get a card of
    their own in their folder: `load_dataset("<folder>/parquet")`. What is for viewing is in no card.
    """
    trained = [config for config in configs if config.form.trains]
    lines = [config for config in trained if config.form.container != "parquet"]
    if not lines:
        return {"README.md": trained}
    apart = {
        f"{config.form.name}/README.md": [config.seen_from_its_folder()] for config in trained if config not in lines
    }
    return {"README.md": lines, **apart}


def _pretty(value: Json) -> str:
    return f"{json.dumps(value, indent=2)}\n"
