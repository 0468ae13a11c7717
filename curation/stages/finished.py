"""A finished export as its manifest tells it, in rows to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from curation.errors import BadFile
from curation.exporters import read_manifest
from curation.methods import Json, Row
from curation.store.recipes import Exported


@dataclass(frozen=True)
class Finished:
    """What there is to see of one export.

    Args:
        folder: where it is.
        steps: how many samples were there after each step.
        splits: how many are in each split, and how many were asked for.
        dealt: the same as the manifest has it, with why a split has not as many.
        remarks: that alone, in sentences.
        gate: what the checks found.
        proof: what was compared after the fact, by name.
        proven: the same in a sentence, "" where nothing is proven.
        files: path, rows where it has any, bytes, sha256.
        facts: versions, seeds and models, by name.
        recipe: as TOML.
        odd: what is not as it was exported, in a sentence; "" where all is.
    """

    folder: Path
    steps: Sequence[Row]
    splits: Sequence[Row]
    dealt: Row
    remarks: Sequence[str]
    gate: Sequence[Row]
    proof: Sequence[Row]
    proven: str
    files: Sequence[Row]
    facts: Sequence[Row]
    recipe: str
    odd: str


def read_finished(exported: Exported) -> Finished:
    """Read the manifest of an export.

    Raises:
        BadFile: its folder is gone, or its manifest cannot be read any more.
    """
    path = Path(exported.folder) / "manifest.json"
    if not path.is_file():
        raise BadFile(f"{path} is no longer there.")
    read = read_manifest(path)
    content = read.content
    counts = dict(_table(content.get("counts")))
    splits, dealt = _table(counts.pop("splits", None)), _table(content.get("splits"))
    asked, proof = _table(dealt.get("asked")), _table(content.get("proof"))
    files = [{"file": file, **_table(said)} for file, said in _table(content.get("files")).items()]
    return Finished(
        folder=path.parent,
        steps=[{"step": name.replace("_", " "), "samples": count} for name, count in counts.items()],
        splits=[{"split": name, "samples": count, "asked for": asked.get(name)} for name, count in splits.items()],
        dealt=dealt,
        remarks=_texts(dealt.get("remarks")),
        gate=_tables(content.get("gate")),
        proof=_pairs(proof),
        proven=_proven(proof),
        files=files,
        facts=[*_lines(content.get("versions")), *_lines(content.get("seeds"), "seed of "), *_models(content)],
        recipe=read.needed.recipe,
        odd="" if read.sha256 == exported.sha256 else "The manifest was changed after the export.",
    )


def _table(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}


def _texts(value: Json) -> list[str]:
    return [said for said in value if isinstance(said, str)] if isinstance(value, list) else []


def _tables(value: Json) -> list[Row]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _lines(value: Json, before: str = "") -> list[Row]:
    return [{"what": f"{before}{name.replace('_', ' ')}", "is": str(said)} for name, said in _table(value).items()]


def _pairs(proof: Mapping[str, Json]) -> list[Row]:
    """What was compared, kind by kind."""
    kinds = {name: _table(said) for name, said in proof.items()}
    return [
        {"what": name, "compared": said.get("compared"), "in two splits": said.get("across_splits")}
        for name, said in kinds.items()
        if said
    ]


def _proven(proof: Mapping[str, Json]) -> str:
    found = {row["what"]: row["compared"] for row in _pairs(proof) if row["in two splits"] == 0}
    read, similarity = proof.get("rows"), proof.get("similarity")
    if not isinstance(read, int) or len(found) < len(_pairs(proof)):
        return ""
    near = f"similarity ≥ {similarity:.2f}" if isinstance(similarity, float) else "which were not looked for"
    kinds = {"near-duplicates": f"near-duplicates ({near})", "equal prompts": "equal prompts", "relatives": "relatives"}
    compared = ", ".join(
        f"{count:,} of {kinds[what]}" for what, count in found.items() if what in kinds and isinstance(count, int)
    )
    return (
        f"The files were read back, {read:,} rows, and each is of a sample that was to go out. No sample lies in two "
        f"splits, nor do two that belong together; pairs compared: {compared}."
    )


def _models(content: Mapping[str, Json]) -> list[Row]:
    asked = ((model, _table(said)) for model, said in _table(content.get("models")).items())
    return [
        {"what": f"model {model}", "is": f"{said.get('samples')} samples, {said.get('prompts')} prompts"}
        for model, said in asked
    ]
