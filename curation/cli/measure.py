"""`sift measure`."""

from math import isnan
from typing import TYPE_CHECKING

from curation.cli.talking import AsJson, InWorkspace, do, opened, say

if TYPE_CHECKING:  # `sift --help` would wait for all of it
    from curation.methods import Json, Row
    from curation.stages.costs import Tier


def measure(workspace: InWorkspace = None, as_json: AsJson = False) -> None:
    """Measure every signal on every sample that lacks it, and tell what each tier has taken so far.

    Example: sift measure -w pool.duckdb

    Reads the samples; writes one value per sample and signal, for recipes and charts.
    """
    from curation.stages.costs import tiers
    from curation.stages.measuring import measure_job

    found = opened(workspace)
    note = do(found, measure_job(found))
    taken = [tier for tier in tiers(found) if tier.seconds]
    rows: list[Json] = [_row(tier) for tier in taken]
    said = ["In all runs so far:", *(f"  {_line(tier)}" for tier in taken)] if taken else []
    say({"measured": note, "tiers": rows}, as_json, "\n".join([note, *said]))


def _row(tier: "Tier") -> "Row":
    dollars = None if isnan(tier.dollars) else tier.dollars
    return {"tier": tier.name, "samples": tier.samples, "seconds": tier.seconds, "dollars": dollars}


def _line(tier: "Tier") -> str:
    """For example `Tier 1     12.3 s  52,002 samples  Counts and patterns`, with the money where there was any."""
    samples = f"{tier.samples:,} samples" if tier.samples else ""
    money = "  price not known" if isnan(tier.dollars) else f"  ${tier.dollars:,.2f}" if tier.dollars else ""
    return f"{tier.name:<10} {tier.seconds:>9,.1f} s  {samples:>17}  {tier.what}{money}"
