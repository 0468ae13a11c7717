"""Measured values: one number or one label per signal and sample, as whole columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from curation.store.workspace import Workspace

_WRITE = "INSERT INTO signals SELECT ?, sample, value, label FROM measured"
_FORGET_ROWS = "DELETE FROM signals WHERE list_contains(?, signal) AND sample >= ? AND sample < ?"
_FORGET_SIGNALS = "DELETE FROM signals WHERE list_contains(?, signal)"
_WRITE_ROWS = "INSERT INTO signals SELECT signal, sample, value, label FROM measured"
_FORGET_SAMPLES = "DELETE FROM signals WHERE signal = ? AND list_contains(?, sample)"
_FORGET_ALL = "DELETE FROM signals WHERE signal = ?"
_FORGET_GROUP = "DELETE FROM signals WHERE starts_with(signal, ?)"
_MEASURED = """
SELECT signal, count(*), count(value), count(DISTINCT label) FILTER (label <> '') FROM signals GROUP BY signal
"""
_UNMEASURED = """
SELECT coalesce(min(seq), 0), count(*) FROM samples WHERE seq NOT IN (SELECT sample FROM signals WHERE signal = ?)
"""
_NUMBERS = "SELECT sample, value FROM signals WHERE signal = ?"
_LABELS = "SELECT sample, label FROM signals WHERE signal = ?"
_OF_SAMPLE = "SELECT signal, value, label FROM signals WHERE sample = ? ORDER BY signal"
_COUNT = "SELECT count(*) FROM samples"

Values = Sequence[float] | Sequence[str]
"""Numbers or labels of one signal."""


@dataclass(frozen=True)
class Measured:
    """How much of a signal is there."""

    signal: str
    samples: int
    numbers: int
    labels: int


def write_signals(workspace: Workspace, first: int, columns: Mapping[str, Values]) -> None:
    """Store several signals for the samples numbered from `first` on, in one step, in place of what was there."""
    tables = [
        _column(values)
        .append_column("sample", pa.array(range(first, first + len(values)), pa.int32()))
        .append_column("signal", pa.repeat(signal, len(values)))
        for signal, values in columns.items()
        if len(values)
    ]
    if not tables:
        return
    with workspace.writing() as cursor:
        cursor.execute(_FORGET_ROWS, [list(columns), first, first + max(map(len, columns.values()))])
        cursor.register("measured", pa.concat_tables(tables))
        cursor.execute(_WRITE_ROWS)
        cursor.unregister("measured")


def forget_signals(workspace: Workspace, signals: Sequence[str]) -> None:
    """Remove all values of these signals."""
    if signals:
        with workspace.writing() as cursor:
            cursor.execute(_FORGET_SIGNALS, [list(signals)])


def write_labels(workspace: Workspace, signal: str, labels: Mapping[int, str]) -> None:
    """Replace a label signal as a whole by these labels of samples."""
    columns = {
        "sample": pa.array(list(labels), pa.int32()),
        "value": pa.nulls(len(labels), pa.float64()),
        "label": pa.array(list(labels.values()), pa.string()),
    }
    with workspace.writing() as cursor:
        cursor.execute(_FORGET_ALL, [signal])
        cursor.register("measured", pa.table(columns))
        cursor.execute(_WRITE, [signal])
        cursor.unregister("measured")


def write_column(workspace: Workspace, signal: str, numbers: NDArray[np.int32], values: NDArray[np.generic]) -> None:
    """Replace a number signal as a whole by these values of samples by number."""
    labels = pa.nulls(len(numbers), pa.string())
    table = pa.table({"sample": numbers, "value": values.astype(np.float64), "label": labels})
    with workspace.writing() as cursor:
        cursor.execute(_FORGET_ALL, [signal])
        cursor.register("measured", table)
        cursor.execute(_WRITE, [signal])
        cursor.unregister("measured")


def write_group(
    workspace: Workspace, prefix: str, columns: Mapping[str, Mapping[int, float] | Mapping[int, str]]
) -> None:
    """Replace all signals whose names begin with `prefix` by these: by name, values or labels of samples by number."""
    with workspace.writing() as cursor:
        cursor.execute(_FORGET_GROUP, [prefix])
        for signal, values in columns.items():
            if values:
                samples = pa.array(list(values), pa.int32())
                cursor.register("measured", _column(list(values.values())).append_column("sample", samples))  # type: ignore[arg-type]
                cursor.execute(_WRITE, [signal])
                cursor.unregister("measured")


def add_values(workspace: Workspace, columns: Mapping[str, Mapping[int, float]]) -> None:
    """Store values of samples by number, in place of what these samples had; other samples keep theirs."""
    with workspace.writing() as cursor:
        for signal, values in columns.items():
            cursor.execute(_FORGET_SAMPLES, [signal, list(values)])
            samples = pa.array(list(values), pa.int32())
            cursor.register("measured", _column(list(values.values())).append_column("sample", samples))
            cursor.execute(_WRITE, [signal])
            cursor.unregister("measured")


def list_measured(workspace: Workspace) -> dict[str, Measured]:
    """Every signal that has been measured on at least one sample."""
    return {
        str(signal): Measured(str(signal), int(str(samples)), int(str(numbers)), int(str(labels)))
        for signal, samples, numbers, labels in workspace.execute(_MEASURED)
    }


def first_unmeasured(workspace: Workspace, signal: str) -> tuple[int, int]:
    """(first number without this signal, how many are without it)."""
    first, missing = workspace.execute(_UNMEASURED, signal)[0]
    return int(str(first)), int(str(missing))


def read_numbers(workspace: Workspace, signal: str) -> NDArray[np.float64]:
    """One value per sample of the workspace, by number; NaN where there is none."""
    total = int(str(workspace.execute(_COUNT)[0][0]))
    values = np.full(total, np.nan)
    with workspace.cursor() as cursor:
        found = cursor.execute(_NUMBERS, [signal]).fetchnumpy()
    values[np.asarray(found["sample"])] = np.ma.filled(np.ma.asarray(found["value"], dtype=np.float64), np.nan)
    return values


def read_labels(workspace: Workspace, signal: str) -> list[str]:
    """One label per sample of the workspace, by number; "" where there is none."""
    labels = [""] * int(str(workspace.execute(_COUNT)[0][0]))
    for number, label in workspace.execute(_LABELS, signal):
        labels[int(str(number))] = "" if label is None else str(label)
    return labels


def signals_of(workspace: Workspace, sample: int) -> list[tuple[str, float | str]]:
    """(signal, value or label) of one sample; what does not apply is left out."""
    found: list[tuple[str, float | str]] = []
    for signal, value, label in workspace.execute(_OF_SAMPLE, sample):
        if isinstance(value, float):
            found.append((str(signal), value))
        elif label:
            found.append((str(signal), str(label)))
    return found


def _column(values: Sequence[float] | Sequence[str]) -> pa.Table:
    if isinstance(values[0], str):
        labels = pa.array([str(value) for value in values], pa.string())
        return pa.table({"value": pa.nulls(len(values), pa.float64()), "label": labels})
    numbers = np.asarray(values, dtype=np.float64)
    column = pa.array(numbers, pa.float64(), mask=~np.isfinite(numbers))
    return pa.table({"value": column, "label": pa.nulls(len(values), pa.string())})
