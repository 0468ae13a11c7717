"""What an export says about itself: enough to make it again and to trace every row back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from curation.methods import Json, Row
from curation.sample import Origin


@dataclass(frozen=True)
class Provenance:
    """Where one exported sample came from."""

    sample_id: str
    split: str
    origins: Sequence[Origin] = ()

    def row(self) -> Row:
        """One line of `provenance.jsonl`."""
        return {"id": self.sample_id, "split": self.split, "origins": [asdict(origin) for origin in self.origins]}


@dataclass(frozen=True)
class Manifest:
    """What is known before the files are written. It holds no time of day: equal exports have equal bytes.

    Args:
        recipe: the recipe file as text.
        seed: of splits and mixture.
        versions: program and package versions by name.
        counts: how many samples were there after each stage, in order.
        overrides: how many samples a person accepted or rejected against the recipe, by action, and how many of the
            practice model were asked for all the same.
        licences: how many samples per licence, as the sources state them.
        provenance: one entry per exported sample; read once, while the export is written.
    """

    recipe: str
    seed: int = 0
    versions: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    overrides: Mapping[str, int] = field(default_factory=dict)
    licences: Mapping[str, int] = field(default_factory=dict)
    provenance: Iterable[Provenance] = ()

    def with_files(self, files: Mapping[str, Json], left_out: Mapping[str, int]) -> Row:
        """The content of `manifest.json`.

        Args:
            files: path → rows, bytes and sha256.
            left_out: path → how many samples the format could not carry.
        """
        return {
            "recipe": self.recipe,
            "seed": self.seed,
            "versions": dict(self.versions),
            "counts": dict(self.counts),
            "overrides": dict(self.overrides),
            "licences": dict(self.licences),
            "files": files,
            "left_out": left_out,
        }
