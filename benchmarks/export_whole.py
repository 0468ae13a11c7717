"""A whole export in a fresh process, against a script with `datasets` that writes the same rows and nothing else.

Ours opens the workspace, decides which near-duplicates go, deals splits without leaks, checks what goes out, writes the
format with card, charts, provenance and manifest, reads it back to prove that nothing leaks, and hashes every file. The
peer reads the samples, makes the rows of the format, and writes them with `to_json`, `to_parquet` or `to_csv` of
`Dataset.from_list`: no planning, no splits, no second look. Both in a process of their own, imports included, in turn;
seconds by the clock and of processor time, and the most memory that the process had.

python benchmarks/export_whole.py [--rows 52000] [--formats openai_chat alpaca trl_preference parquet | all]
    [--workspace W]   a copy of one of your own, in the place of made-up samples; formats that it can fill

2026-11-22, 2 cores shared with others (load 3, so the clock says little: see processor time), Python 3.11; a workspace
of 52,002 Alpaca samples with measurements, pairs and a recipe, of which 47,991 go out; preference formats: made-up
samples, half of them pairs. The day before, at a load of 6 to 9 and with near-duplicates still to be decided, ours took
6.6 s of processor time for openai_chat and 8.3 s for parquet:

format                          s  cpu s   MiB   peer s  cpu s   MiB  ratio
openai_chat                  6.20   4.88   289     3.17   2.67   449   0.51
alpaca                       5.72   5.30   289     3.05   2.60   422   0.53
sharegpt                     6.09   4.31   288     3.72   2.41   446   0.61
trl_prompt_completion        7.11   4.95   294     4.27   2.83   454   0.60
trl_language_modelling       6.01   5.51   294     3.03   2.63   449   0.50
trl_prompt_only              8.11   5.47   289     6.06   2.63   363   0.75
trl_kto                      9.49   6.07   294     5.00   3.23   456   0.53
llama_factory_kto            8.05   5.03   288     4.87   3.04   446   0.61
parquet                      7.01   6.37   417     3.39   2.92   441   0.48
csv                          5.78   5.43   293     3.76   2.66   437   0.65
trl_preference               7.68   5.22   487     3.66   2.56   487   0.48
openai_preference            5.94   4.72   487     3.73   2.70   487   0.63
llama_factory_preference     5.83   5.10   487     2.49   2.16   487   0.43

On a quiet machine (load 0.8) the clock said 7.4 s for openai_chat, which came first and decided which near-duplicates
go, then 5.9 s for alpaca, 5.7 sharegpt, 5.6 trl_prompt_completion, 5.2 trl_kto, 5.3 parquet and 4.9 csv; peer ratio
0.42 to 0.71. About 1.5 s of it is starting Python and opening the workspace. Of 104,004 samples, the same texts and
once more changed, 99,993 went out in 8.5 s with 395 MiB; as Parquet in 10.9 s with 557 MiB.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

FEW = ["openai_chat", "alpaca", "trl_preference", "parquet"]
LIMIT = 5.0
"""Seconds that 52,000 samples may take in any format."""


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=52_000)
    arguments.add_argument("--formats", nargs="*", default=FEW)
    arguments.add_argument("--workspace", type=Path)
    arguments.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.one:
        one(*given.one)
        return
    from curation.exporters import FORMATS

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w.duckdb"
        if given.workspace:
            shutil.copy(given.workspace, path)
        else:
            fill(path, given.rows)
        print(f"{'format':<26}{'s':>7}{'cpu s':>7}{'MiB':>6}{'peer s':>9}{'cpu s':>7}{'MiB':>6}{'ratio':>7}  samples")
        for name in FORMATS if given.formats == ["all"] else given.formats:
            compare(path, Path(folder), name)


def compare(path, folder, name):
    ours, theirs = (fresh(who, name, path, folder / who) for who in ("ours", "theirs"))
    ratio, verdict = theirs["seconds"] / ours["seconds"], "" if ours["seconds"] <= LIMIT else f"  over {LIMIT:.0f} s"
    print(
        f"{name:<26}{ours['seconds']:7.2f}{ours['cpu']:7.2f}{ours['mib']:6.0f}"
        f"{theirs['seconds']:9.2f}{theirs['cpu']:7.2f}{theirs['mib']:6.0f}{ratio:7.2f}"
        f"  {ours['samples']:,}{verdict}",
        flush=True,
    )


def fresh(who, name, path, folder):
    """What a process of its own says; seconds are those from its start to its end."""
    start = perf_counter()
    command = [sys.executable, __file__, "--one", who, name, path, folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{name}: {done.stderr.strip().splitlines()[-1]}")
    seconds = perf_counter() - start
    shutil.rmtree(folder)
    return {"seconds": seconds, **json.loads(done.stdout.splitlines()[-1])}


def one(who, name, path, folder):
    samples = (ours if who == "ours" else theirs)(name, Path(path), Path(folder))
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"samples": samples, "mib": used.ru_maxrss / 1024, "cpu": used.ru_utime + used.ru_stime}))


def ours(name, path, folder):
    from curation.runs import run_now
    from curation.stages.checks import CHECKS
    from curation.stages.exporting import Wanted, export_job
    from curation.store import open_workspace
    from curation.store.recipes import read_exports

    workspace = open_workspace(path)
    reasons = tuple((check, "a benchmark") for check in CHECKS)
    run_now(workspace, export_job(workspace, Wanted("benchmark", (name,), folder, overrides=reasons)))
    return read_exports(workspace)[0].samples


def theirs(name, path, folder):
    from datasets import Dataset, disable_progress_bars

    from curation.exporters import FORMATS
    from curation.store import open_workspace
    from curation.store.samples import count_samples, read_range

    disable_progress_bars()
    workspace = open_workspace(path)
    form = FORMATS[name]()
    samples = [sample for sample in read_range(workspace, 0, count_samples(workspace)) if form.accepts(sample)]
    data = Dataset.from_list([row for sample in samples for row in form.rows(sample)])
    folder.mkdir()
    file = folder / f"all.{form.suffix}"
    if form.container == "parquet":
        data.to_parquet(file)
    elif form.container == "csv":
        data.to_csv(file)
    else:
        data.to_json(file, force_ascii=False)
    return len(samples)


def fill(path, rows):
    """A workspace with made-up samples, half of them preference pairs."""
    from export import made

    from curation.sample import Collected, Origin
    from curation.store import open_workspace
    from curation.store.samples import add_samples

    workspace = open_workspace(path)
    samples = enumerate(made(rows), 1)
    add_samples(workspace, "run", [Collected(sample, Origin("made", "a.jsonl", f"line {n}")) for n, sample in samples])
    workspace.close()


if __name__ == "__main__":
    main()
