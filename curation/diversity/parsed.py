"""Root verb and object by a spaCy pipeline, where the reader has one installed; the rules need none."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import import_module, metadata
from typing import Protocol, cast

from curation.diversity.verb_objects import VerbObject
from curation.errors import ModelError

_OBJECTS = ("dobj", "obj")
"""The direct object in CLEAR labels, which English pipelines use, and in Universal Dependencies."""
_VERBS = ("VERB", "AUX")
_INSTALL = "pip install spacy && python -m spacy download en_core_web_sm"


class Word(Protocol):
    """What is read of spaCy's token."""

    @property
    def dep_(self) -> str: ...  # noqa: D102
    @property
    def pos_(self) -> str: ...  # noqa: D102
    @property
    def lemma_(self) -> str: ...  # noqa: D102
    @property
    def children(self) -> Iterable["Word"]: ...  # noqa: D102


class Sentence(Protocol):
    """What is read of spaCy's span."""

    @property
    def root(self) -> Word: ...  # noqa: D102


class Text(Protocol):
    """What is read of spaCy's document."""

    @property
    def sents(self) -> Iterable[Sentence]: ...  # noqa: D102


class Pipeline(Protocol):
    """What is used of spaCy's pipeline."""

    def pipe(self, texts: Iterable[str]) -> Iterator[Text]: ...  # noqa: D102


def parsed_verb_objects(texts: Sequence[str], pipeline: Pipeline) -> list[VerbObject | None]:
    """Root verb and direct object of each text, as Self-Instruct's authors took them from a parse.

    Args:
        texts: instructions; of each the first sentence counts.
        pipeline: a spaCy pipeline with a parser, a tagger and a lemmatizer, or what answers like one.

    Returns:
        One entry a text as `verb_objects` gives them: the object is None where it is no common noun, the entry is None
        where the root is no verb.
    """
    return [_verb_object(text) for text in pipeline.pipe(texts)]


def installed_pipelines() -> dict[str, str]:
    """The spaCy pipelines that are installed, by name, with their versions; none where spaCy is not."""
    found = metadata.entry_points(group="spacy_models")
    return {each.name: each.dist.version if each.dist else "" for each in found} if _has_spacy() else {}


@lru_cache(maxsize=1)
def load_pipeline(name: str) -> Pipeline:
    """Load an installed pipeline.

    Raises:
        ModelError: spaCy or the pipeline is not installed, or it has no parser.
    """
    if name not in installed_pipelines():
        raise ModelError(f"The spaCy pipeline {name} is not installed. In a terminal: {_INSTALL}")
    loaded = import_module("spacy").load(name, exclude=["ner"])
    lacking = [part for part in ("parser", "lemmatizer") if part not in loaded.pipe_names]
    if lacking:
        raise ModelError(f"The spaCy pipeline {name} has no {' and no '.join(lacking)}, so it finds no objects.")
    return cast("Pipeline", loaded)


def _has_spacy() -> bool:
    try:
        metadata.version("spacy")
    except metadata.PackageNotFoundError:
        return False
    return True


def _verb_object(text: Text) -> VerbObject | None:
    sentence = next(iter(text.sents), None)
    if sentence is None or sentence.root.pos_ not in _VERBS:
        return None
    found = next((child for child in sentence.root.children if child.dep_ in _OBJECTS), None)
    noun = found.lemma_.lower() if found is not None and found.pos_ == "NOUN" else None
    return sentence.root.lemma_.lower(), noun
