"""What became of the splits that were asked for, in sentences: for the page, the command line and the manifest."""

from curation.methods import Json
from curation.stages.planning import Plan


def asked(chosen: Plan) -> dict[str, Json]:
    """How many samples each split was to get, each counted once."""
    return {name: size.asked for name, size in chosen.splits.items()}


def remarks(chosen: Plan) -> list[Json]:
    """Why splits are not as large as asked, and what they could not be spread by; prompts are quoted in it."""
    return [*shortfalls(chosen), *unspread(chosen)]


def shortfalls(chosen: Plan) -> list[str]:
    """Why splits are not as large as asked, each reason once; quotes prompts, which anybody may have written."""
    said = []
    for reason in dict.fromkeys(size.reason for size in chosen.splits.values() if size.reason):
        off = [
            f"{name} {size.got:,} for {size.asked:,}" for name, size in chosen.splits.items() if size.reason == reason
        ]
        said.append(f"Not as asked: {', '.join(off)}. {reason}")
    return said


def unspread(chosen: Plan) -> list[str]:
    """That a label could not be spread over the splits, where there are several and none of the samples has it."""
    if not chosen.unspread or len(chosen.splits) < 2:
        return []
    label = chosen.unspread.replace("_", " ")
    return [
        f"The splits are not spread evenly by {label}, because none of these samples has such a label. Measure the "
        "samples, or spread them by something else."
    ]
