"""What is in → the best so many of it. A choice that takes long is made once, in a run, and kept."""

import time
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from curation import __version__
from curation.errors import BadRecipe, NotReady
from curation.methods import Json, Pool, Selector
from curation.recipe import Selection
from curation.runs import Job, Step
from curation.selection import SELECTORS
from curation.stages.embedding import chosen_embedder
from curation.store import Workspace
from curation.store.labelled import read_coded
from curation.store.samples import count_samples, read_ids
from curation.store.selections import Choice, read_choice, write_choice
from curation.store.signals import list_measured, read_numbers
from curation.store.topics import TOPIC
from curation.store.vectors import count_vectors, read_vectors

Numbers = NDArray[np.int32]

KIND = "select"
FIELD = "prompt"
"""The text whose vectors say how alike samples are."""
QUICK = 2.0
"""So many seconds a page waits for a choice, once."""
READING, LOOKING, STANDING = 2e-5, 8e-9, 1.4e-4
"""Seconds on two cores: a vector is read, and compared with one more that is chosen (quality first, k-center), or a
sample is weighed (facility location)."""


@dataclass(frozen=True, eq=False)
class Selected:
    """The samples that were chosen.

    Args:
        numbers: theirs, ascending.
        inside: how many there were to choose from.
        without: how many of those lack what the method goes by, and so were left out.
    """

    numbers: Numbers
    inside: int
    without: int


def select(workspace: Workspace, numbers: Numbers, selection: Selection) -> Selected:
    """The choice where it is quick or was made before; all samples where no method is named.

    Raises:
        BadRecipe: there is no such method or option.
        NotReady: what the method goes by is not there, or nothing is chosen, or the choice takes long and is not made
            yet.
    """
    numbers = np.sort(np.asarray(numbers, np.int32))
    if not selection.method:
        return Selected(numbers, len(numbers), 0)
    if needed := pending(workspace, numbers, selection):
        raise NotReady(
            f"The {selection.size:,} samples are not chosen yet. It takes about {needed:,.0f} s: press Choose on the "
            "Export page, under Selection and mixture."
        )
    key = _key(workspace, numbers, selection)
    found = read_choice(workspace, key) or _quick(workspace, key, numbers.tobytes(), selection)
    if not len(found.numbers):
        raise NotReady(f"“{method_of(selection).label()}” chooses nothing: no sample that is in has what it goes by.")
    return Selected(found.numbers, len(numbers), found.without)


def choose(workspace: Workspace, numbers: Numbers, selection: Selection, step: Step) -> Selected:
    """The same, however long it takes; a choice that takes long is kept.

    Raises:
        BadRecipe: there is no such method or option.
        NotReady: what the method goes by is not there.
    """
    numbers = np.sort(np.asarray(numbers, np.int32))
    if pending(workspace, numbers, selection):
        write_choice(workspace, _key(workspace, numbers, selection), _made(workspace, numbers, selection, step))
    return select(workspace, numbers, selection)


def select_job(workspace: Workspace, numbers: Numbers, selection: Selection) -> Job:
    """Choosing as a run.

    Raises:
        BadRecipe: there is no such method or option.
    """
    method_of(selection)

    def work(_run: str, step: Step) -> str:
        began = time.monotonic()
        found = choose(workspace, numbers, selection, step)
        return f"{len(found.numbers):,} of {found.inside:,} samples chosen in {time.monotonic() - began:,.0f} s."

    return Job(KIND, selection.method, {"size": selection.size, **dict[str, Json](selection.options)}, work)


def pending(workspace: Workspace, numbers: Numbers, selection: Selection) -> float:
    """About how many seconds a choice takes that is to be made first, 0 where it is quick or was made.

    Raises:
        BadRecipe: there is no such method or option.
        NotReady: what the method goes by is not there.
    """
    needed = seconds(selection, len(numbers))
    if needed <= QUICK or read_choice(workspace, _key(workspace, np.sort(numbers), selection)):
        return 0.0
    return needed


def seconds(selection: Selection, inside: int) -> float:
    """About how long a choice from so many samples takes on two cores."""
    size = min(selection.size or 0, inside)
    each = {
        "quality_first": READING + LOOKING * size,
        "k_center": READING + LOOKING * size,
        "facility_location": READING + STANDING,
    }
    return inside * each.get(selection.method, 0.0)


def method_of(selection: Selection) -> Selector:
    """The method with its options.

    Raises:
        BadRecipe: there is no such method or option, or it needs a quality signal and none is named.
    """
    kind = SELECTORS.get(selection.method)
    if kind is None:
        names = ", ".join(SELECTORS)
        raise BadRecipe(f'There is no way to choose samples called "{selection.method}"; there are {names}.')
    options = dict(selection.options)
    if not selection.quality and ("quality" in kind.needs or options.get("weight")):
        raise BadRecipe(
            f"“{kind.label()}” needs a number that says how good a sample is: choose it under Quality, or name it as "
            '"quality" in the recipe.'
        )
    try:
        return kind.model_validate(options)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        raise BadRecipe(f'The option "{name}" of "{selection.method}" does not fit: {first["msg"]}.') from error


@lru_cache(maxsize=4)
def _quick(workspace: Workspace, _key: str, kept: bytes, selection: Selection) -> Choice:
    return _made(workspace, np.frombuffer(kept, np.int32), selection, lambda _done, _size: None)


def _key(workspace: Workspace, numbers: Numbers, selection: Selection) -> str:
    """A name for everything that a choice depends on."""
    method = method_of(selection)
    parts = [__version__.encode(), selection.model_dump_json().encode(), numbers.tobytes()]
    parts.append(_quality(workspace, selection)[numbers].tobytes())
    if "vectors" in method.needs:
        model = chosen_embedder(workspace).revision
        embedded = count_vectors(workspace, model)
        if not embedded[0]:
            raise NotReady(f"“{method.label()}” goes by how alike samples are. Embed them on the Map page first.")
        parts.append(f"{model} {embedded}".encode())
    if "tags" in method.needs:
        parts.append(repr(_tags(workspace, numbers)).encode())
    return sha256(b"\n".join(parts)).hexdigest()


def _made(workspace: Workspace, numbers: Numbers, selection: Selection, step: Step) -> Choice:
    method = method_of(selection)
    inside, vectors = numbers, np.zeros((len(numbers), 0), np.float32)
    if "vectors" in method.needs:
        embedded, found = read_vectors(workspace, chosen_embedder(workspace).revision, FIELD)
        inside = np.intersect1d(numbers, embedded)
        vectors = found[np.searchsorted(embedded, inside)]
    tags = _tags(workspace, inside) if "tags" in method.needs else [()] * len(inside)
    pool = Pool(read_ids(workspace, inside.tolist()), _quality(workspace, selection)[inside], vectors, tags)
    chosen = np.sort(inside[method(pool, selection.size or 0, step)])
    untagged = sum(not each for each in tags) if "tags" in method.needs else 0
    return Choice(chosen.astype(np.int32), len(numbers) - len(inside) + untagged)


def _quality(workspace: Workspace, selection: Selection) -> NDArray[np.float64]:
    """How good each sample of the workspace is, higher is better; no value where no signal is named."""
    if not selection.quality:
        return np.full(count_samples(workspace), np.nan)
    found = list_measured(workspace).get(selection.quality)
    if found is None or not found.numbers:
        raise NotReady(f'Samples are to be chosen by "{selection.quality}", and no sample has a number of that name.')
    values = read_numbers(workspace, selection.quality)
    return -values if selection.falling else values


def _tags(workspace: Workspace, numbers: Numbers) -> list[tuple[str, ...]]:
    """The topics of each sample, by name."""
    labels = read_coded(workspace, TOPIC)
    if not labels.names:
        raise NotReady("Most tags first goes by topics, and no sample has one. Let a model tag the samples first.")
    found: dict[int, list[str]] = {}
    for sample, code in zip(labels.samples.tolist(), labels.codes.tolist(), strict=True):
        found.setdefault(sample, []).append(labels.names[code])
    return [tuple(sorted(found.get(number, ()))) for number in numbers.tolist()]
