"""Files → samples. To add a layout: write its file in `layouts`, then name it here.

A file is opened (`open_rows`), its layout recognised (`recognise`) or put together by the reader
(`guess_mapping`, `Mapped`), looked at (`preview`) and read (`collect`).
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from curation.importers.choosing import best_layout, guess_mapping
from curation.importers.collecting import Preview, Reading, source_of
from curation.importers.fields import category_of
from curation.importers.layouts.alpaca import Alpaca
from curation.importers.layouts.dolly import Dolly
from curation.importers.layouts.kto import Kto
from curation.importers.layouts.mapped import Mapped
from curation.importers.layouts.oasst import Oasst
from curation.importers.layouts.openai_chat import OpenAiChat
from curation.importers.layouts.preference import Preference
from curation.importers.layouts.prompt_completion import PromptCompletion
from curation.importers.layouts.self_instruct import SelfInstruct
from curation.importers.layouts.sharegpt import ShareGpt
from curation.importers.layouts.sift import Sift
from curation.importers.opening import LOOK_AHEAD, open_rows
from curation.importers.rows import Rows
from curation.methods import Layout, Row, by_name
from curation.sample import Collected, Refusal

__all__ = [
    "LAYOUTS",
    "Mapped",
    "Preview",
    "Rows",
    "category_of",
    "collect",
    "guess_mapping",
    "open_rows",
    "preview",
    "recognise",
]

LAYOUTS = by_name(
    Alpaca, Dolly, SelfInstruct, ShareGpt, OpenAiChat, PromptCompletion, Preference, Kto, Oasst, Sift, Mapped
)

PREVIEWED = 10


def recognise(rows: Sequence[Row]) -> Layout | None:
    """The layout that most of the first rows fit.

    None where fewer than half fit any: then the reader says which column is what, starting from
    `guess_mapping`. `Mapped` itself is never recognised.
    """
    return best_layout([layout() for layout in LAYOUTS.values() if layout is not Mapped], rows[:LOOK_AHEAD])


def preview(path: str, layout: Layout | None = None) -> Preview:
    """The first ten rows of a file and what a layout makes of them; nothing is imported.

    Args:
        path: a path or Hub name.
        layout: the layout to read by; recognised from the rows where none is given.

    Raises:
        BadFile: the file cannot be opened.
    """
    opened = open_rows(path)
    items = list(islice(opened.items, LOOK_AHEAD))
    rows = [item[1] for item in items if not isinstance(item, Refusal)]
    layout = layout or recognise(rows)
    shown = items[:PREVIEWED]
    if layout is None:
        refused: list[Collected | Refusal] = [item for item in shown if isinstance(item, Refusal)]
        return Preview(opened.kind, opened.columns, None, tuple(rows[:PREVIEWED]), tuple(refused))
    read = Reading(layout, source_of(path))
    collected = tuple(found for item in shown for found in read(item))
    return Preview(opened.kind, opened.columns, layout, tuple(rows[:PREVIEWED]), collected)


def collect(path: str, layout: Layout, *, source: str, licence: str = "") -> Iterator[Collected | Refusal]:
    """Every sample of a file with its origin, and every row that is refused with the reason, in order.

    Args:
        path: a path or Hub name.
        layout: how rows are read.
        source: what the file is called in front of the reader; goes into every origin.
        licence: as the source states it.

    Raises:
        BadFile: before the first row or while reading; then nothing of the file may be kept.
    """
    read = Reading(layout, source, licence)
    return (found for item in open_rows(path).items for found in read(item))
