"""Verbs and objects from a parse, with words that answer as spaCy's do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pytest

from curation.diversity.parsed import installed_pipelines, load_pipeline, parsed_verb_objects
from curation.errors import ModelError


@dataclass(frozen=True)
class Told:
    """A word as a parser would tell it."""

    lemma_: str
    pos_: str
    dep_: str = "ROOT"
    children: tuple["Told", ...] = ()


@dataclass(frozen=True)
class Span:
    root: Told


@dataclass(frozen=True)
class Document:
    sents: tuple[Span, ...] = field(default=())


class Pipeline:
    """Gives the parse that was written down for each text."""

    def __init__(self, parses: dict[str, Document]) -> None:
        self.parses = parses

    def pipe(self, texts: Iterable[str]) -> Iterator[Document]:
        return (self.parses[text] for text in texts)


def test_the_root_and_its_direct_object_are_taken_from_the_first_sentence() -> None:
    story = Told("Story", "NOUN", "dobj")
    parses = {
        "Write stories. Sing.": Document(
            (Span(Told("write", "VERB", children=(Told("please", "INTJ", "intj"), story))), Span(Told("sing", "VERB")))
        ),
        "Schreibe Texte.": Document((Span(Told("schreiben", "VERB", children=(Told("text", "NOUN", "obj"),))),)),
        "What is rain?": Document((Span(Told("be", "AUX", children=(Told("rain", "NOUN", "nsubj"),))),)),
        "Describe it.": Document((Span(Told("describe", "VERB", children=(Told("it", "PRON", "dobj"),))),)),
        "A story": Document((Span(story),)),
        "": Document(),
    }
    assert parsed_verb_objects(list(parses), Pipeline(parses)) == [
        ("write", "story"), ("schreiben", "text"), ("be", None), ("describe", None), None, None,
    ]  # fmt: skip


def test_a_pipeline_that_is_not_there_is_named_with_what_to_install() -> None:
    assert "no_such_pipeline" not in installed_pipelines()
    with pytest.raises(ModelError, match=r"no_such_pipeline is not installed.* pip install spacy"):
        load_pipeline("no_such_pipeline")
