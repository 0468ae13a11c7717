"""What a selection and a mixture come to, in sentences, the same on the page and on the command line."""

import math

from curation.mixture import Tightest
from curation.recipe import Selection
from curation.stages.mixing import Mixed
from curation.stages.selecting import Selected


def of_selection(found: Selected, selection: Selection) -> str:
    """How many were chosen, and why not as many as wished; "" where no method is named."""
    if not selection.method:
        return ""
    chosen = len(found.numbers)
    said = f"{chosen:,} of {found.inside:,} samples are chosen."
    if found.without:
        said += f" {found.without:,} could not be, for want of what the choice goes by."
    if chosen < (selection.size or 0):
        said += f" {selection.size:,} were wished, but no more will do."
    return said


def of_mixture(found: Mixed, inside: int) -> list[str]:
    """How many go out, which label limits that, and whether enough of it names no model.

    Args:
        found: what came of the mixture.
        inside: how many samples there were to mix.
    """
    total, once = len(found.sequence), len(found.numbers)
    repeats = f" {total - once:,} of them are repeats." if total > once else ""
    said = [f"{total:,} samples go out, from {once:,} of {inside:,}.{repeats}"]
    said += [_tight(found.tight)] if found.tight else []
    said += [_people(found, total)] if found.missing_people else []
    return [each for each in said if each]


def _tight(tight: Tightest) -> str:
    """Which label limits a mixture and what less of it would give; "" where neither is worth a word."""
    quota = tight.quota
    more = f"{tight.gain:,} sample{'s' if tight.gain > 1 else ''} more"
    gain = f"{100 * tight.less:.2g} points less of it would give {more}" if tight.gain else ""
    label = f"“{quota.label}”" if quota.label else "What has no label"
    if quota.got < quota.wanted:
        return f"{label} is the tightest: {quota.got:,} of {quota.wanted:,} wanted{f'; {gain}' if gain else ''}."
    again = f", with {quota.repeated:,} repeat{'s' if quota.repeated > 1 else ''}" if quota.repeated else ""
    return f"{label} decides the size: all {quota.available:,} are taken{again}; {gain}." if gain else ""


def _people(found: Mixed, total: int) -> str:
    said = (
        f"{found.human:,} of them name no model as an author ({found.human / total:.1%}); {found.share:.0%} would be "
        f"{math.ceil(round(found.share * total, 6)):,}, and {found.people:,} such samples are there."
    )
    enough = math.floor(found.human / found.share) if found.human else 0
    return f"{said} With {enough:,} in all it would be {found.share:.0%}." if enough else said
