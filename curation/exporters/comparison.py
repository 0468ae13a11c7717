"""Two exports side by side: what differs in their manifests, and where a file first differs."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import unified_diff
from itertools import zip_longest
from pathlib import Path
from typing import TextIO

from curation.methods import Json

AROUND = 60
"""Characters that are shown of a place where two texts differ."""
APART = ("recipe", "files")
"""What is compared in another way than value by value."""


def differing_values(then: Mapping[str, Json], now: Mapping[str, Json]) -> list[tuple[str, str]]:
    """What differs between two manifests besides recipe and files, as (place, what it was and is).

    >>> differing_values({"counts": {"kept": 3}}, {"counts": {"kept": 4}, "seed": 1})
    [('counts.kept', '3 then, 4 now'), ('seed', 'nothing then, 1 now')]
    """
    old, new = (dict(_flat({k: v for k, v in side.items() if k not in APART})) for side in (then, now))
    return [
        (key, f"{old.get(key, 'nothing')} then, {new.get(key, 'nothing')} now")
        for key in dict.fromkeys([*old, *new])
        if old.get(key) != new.get(key)
    ]


def differing_lines(then: str, now: str) -> list[str]:
    """The lines that went (-) and came (+), without what is around them.

    >>> differing_lines("seed = 1", "seed = 2")
    ['-seed = 1', '+seed = 2']
    """
    lines = list(unified_diff(then.splitlines(), now.splitlines(), n=0, lineterm=""))[2:]
    return [line for line in lines if not line.startswith("@@")]


def first_difference(then: Path, now: Path) -> str:
    """Where two files first differ and what stands there: by line, in Parquet by row."""
    if then.suffix == ".parquet":
        try:
            return _first("row", _parquet_rows(then), _parquet_rows(now))
        except ValueError:  # what pyarrow raises
            return "cannot be read as Parquet"
    with _lines(then) as old, _lines(now) as new:
        return _first("line", old, new)


def _lines(path: Path) -> TextIO:
    return path.open(encoding="utf-8", errors="replace", newline="\n")


def _first(word: str, then: Iterable[str], now: Iterable[str]) -> str:
    for number, (old, new) in enumerate(zip_longest(then, now), 1):
        if old != new:
            at = _same_start(old or "", new or "")
            return f"first at {word} {number}, letter {at + 1}: {_shown(old, at)} then, {_shown(new, at)} now"
    return f"the same {word}s in other bytes"


def _same_start(a: str, b: str) -> int:
    return next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _shown(text: str | None, at: int) -> str:
    if text is None:
        return "nothing"
    start = max(0, at - AROUND // 3)
    end = start + AROUND
    # a text may hold what steers a terminal or turns the reading order (T21)
    piece = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[start:end].rstrip("\n"))
    return f"{'…' if start else ''}{piece}{'…' if end < len(text) else ''}"


def _parquet_rows(path: Path) -> Iterator[str]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=1_000):
            yield from (json.dumps(row, ensure_ascii=False) for row in batch.to_pylist())


def _flat(value: Json, place: str = "") -> Iterator[tuple[str, str]]:
    """Every value with its place, as JSON; lists as a whole unless they are lists of tables."""
    if isinstance(value, Mapping) and value:
        for key, inside in value.items():
            yield from _flat(inside, f"{place}.{key}" if place else str(key))
    elif _has_tables(value):
        assert isinstance(value, Sequence)
        for number, inside in enumerate(value, 1):
            yield from _flat(inside, f"{place}[{number}]")
    else:
        yield place, json.dumps(value, ensure_ascii=False)


def _has_tables(value: Json) -> bool:
    return isinstance(value, list) and any(isinstance(one, Mapping) for one in value)
