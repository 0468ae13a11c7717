"""`sift contamination`."""

from typing import TYPE_CHECKING, Annotated

import typer

from curation.cli.talking import AsJson, InWorkspace, do, opened, say

if TYPE_CHECKING:  # `sift --help` would wait for all of it
    from curation.methods import Json

SHOWN = 10


def contamination(
    files: Annotated[list[str], typer.Argument(help="Benchmark files: tables in any layout, or one item a line.")],
    workspace: InWorkspace = None,
    words_only: Annotated[bool, typer.Option("--words-only", help="Leave out the comparison by meaning.")] = False,
    most: Annotated[int, typer.Option(help="Evidence to print, the nearest first, by words and by meaning.")] = SHOWN,
    as_json: AsJson = False,
) -> None:
    """Look for samples that share words with a benchmark or ask what it asks.

    Example: sift contamination gsm8k.jsonl -w pool.duckdb

    Reads benchmark files and the samples; writes which samples are near them, as signals that recipes can bound.
    """
    from curation.stages.contamination import contamination_job
    from curation.store.benchmarks import MEASURES, list_hits

    found = opened(workspace)
    note = do(found, contamination_job(found, files, meaning=not words_only))
    hits = [hit for measure in MEASURES for hit in list_hits(found, measure, 0, most)]
    rows: list[Json] = [{"sample": hit.sample, hit.measure: hit.value, "benchmark": hit.benchmark, "place": hit.place,
             "shared": hit.shared, "item": hit.text} for hit in hits]  # fmt: skip
    lines = [
        f"  sample {hit.sample:>7} {hit.measure:<6} {hit.value:>6.4g}  {hit.benchmark}, {hit.place}" for hit in hits
    ]
    say({"result": note, "nearest": rows}, as_json, "\n".join([note, *lines]))
