"""What an export says about itself: enough to make it again and to trace every row back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from curation.exporters.file_format import Columns
from curation.methods import Json, Row
from curation.sample import Origin

COLUMNS: Columns = {
    "method": "text",
    "model": "text",
    "prompt_hash": "text",
    "parents": "names",
    "run": "text",
    "source": "text",
}
"""What `Provenance.columns` gives."""


@dataclass(frozen=True)
class Provenance:
    """Where one exported sample came from: its origins, the earliest first, and the run that brought each of them."""

    sample_id: str
    split: str
    origins: Sequence[Origin] = ()
    runs: Sequence[str] = ()

    def row(self) -> Row:
        """One line of `provenance.jsonl`."""
        runs = self.runs or [""] * len(self.origins)
        # not `asdict`, which copies every value and took most of the time of an export
        origins = [{**vars(origin), "run": run} for origin, run in zip(self.origins, runs, strict=True)]
        return {"id": self.sample_id, "split": self.split, "origins": origins}

    def columns(self) -> Row:
        """What goes beside the columns of a format where that is asked for: the earliest origin."""
        origin = self.origins[0] if self.origins else Origin("", "", "")
        return {
            "method": origin.method,
            "model": origin.model,
            "prompt_hash": origin.prompt_hash,
            "parents": list(origin.parents),
            "run": self.runs[0] if self.runs else "",
            "source": origin.source,
        }


@dataclass(frozen=True)
class Manifest:
    """What is known before the files are written.

    It holds no time of day but that of overrides: equal exports have equal bytes.

    Args:
        recipe: the recipe file as text.
        options: what was asked for besides the recipe, as `Options` reads it.
        seeds: of selection, mixture and splits, as far as chance has a part in them.
        versions: program and package versions by name.
        counts: how many samples were there after each step, in order, and in each split.
        splits: how many samples each split was to get, and in sentences why one has not as many or is not spread
            evenly.
        overrides: how many samples a person accepted or rejected against the recipe, by action, and how many of the
            practice model were asked for all the same.
        licences: how many samples per licence, as the sources state them.
        models: the language models that wrote any of it, each with how many samples and prompts, and one hash of all
            hashes of those prompts; provenance.jsonl has them one by one.
        near_duplicates: what they were told by: text, model with its revision, similarity.
        gate: what the checks before the export found: check, count, whether it blocks, and for what was overridden the
            reason, by whom and when.
        provenance: one entry per exported sample; read once, while the export is written.
        prove: reads the data files of a folder back and gives what it compared, before anybody can see them.
    """

    recipe: str
    options: Row = field(default_factory=dict)
    seeds: Mapping[str, int] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    counts: Row = field(default_factory=dict)
    splits: Row = field(default_factory=dict)
    overrides: Mapping[str, int] = field(default_factory=dict)
    licences: Mapping[str, int] = field(default_factory=dict)
    models: Row = field(default_factory=dict)
    near_duplicates: Row = field(default_factory=dict)
    gate: Sequence[Row] = ()
    provenance: Iterable[Provenance] = ()
    prove: Callable[[Path], Row] | None = None

    def with_files(self, files: Mapping[str, Json], left_out: Mapping[str, int], proof: Row) -> Row:
        """The content of `manifest.json`.

        Args:
            files: path → rows, bytes and sha256.
            left_out: path → how many samples the format could not carry.
            proof: what `prove` gave.
        """
        known = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in ("provenance", "prove")}
        return {**known, "proof": proof, "files": files, "left_out": left_out}
