"""What signals, runs and formats are called in front of a reader."""

from curation.exporters import FORMATS
from curation.generators import GENERATORS, MODEL_GENERATORS
from curation.methods import Plugin
from curation.signals import SIGNALS

WAYS = {
    "pairs": "Preference pairs",
    "revised": "Revised by hand",
    "repaired": "Repaired with a model",
    "human": "Written by hand",
}
"""How samples come to be where no generator makes them."""
STORED = {
    "centre_distance": "Distance to the centre of its cluster",
    "neighbour_similarity": "Similarity to the most similar other sample",
    "neighbour_sample": "Number of the most similar other sample",
    "neighbour_similarity_instruction": "Similarity to the most similar other instruction",
    "neighbour_sample_instruction": "Number of the sample with the most similar instruction",
    "neighbour_similarity_output": "Similarity to the most similar other answer",
    "neighbour_sample_output": "Number of the sample with the most similar answer",
    "earlier_rouge": "ROUGE-L with the most similar earlier instruction",
    "earlier_sample": "Number of the most similar earlier instruction",
    "benchmark_words": "Words in a row shared with a benchmark",
    "benchmark_cosine": "Similarity to the nearest benchmark item",
}
"""Signals that come with the map or with pairs by words, and those that a look at benchmarks leaves."""
RUNS = {
    "embed": "Embedding and mapping",
    "name clusters": "Naming clusters",
    "differ": "Looking for what differs within pairs",
    "lexical": "Comparing words",
    "measure": "Measuring",
    "refresh": "Measuring and embedding what is new",
    "repair": "Repairing",
    "generate": "Generating",
    "judge": "Judging",
    "contamination": "Looking for benchmarks",
    "classify": "Classifying",
    "push": "Uploading",
    "diversity": "Computing how varied samples are",
    "reference": "Comparing with a reference",
    "compare": "Comparing two states of the data",
    "subset": "Comparing the plan with random samples",
    "select": "Choosing samples",
}


def title_of(signal: str) -> str:
    """The words for a signal, for example `Words in the answer` for `words`; its name where it has no others."""
    if signal in SIGNALS:
        return SIGNALS[signal].label()
    return STORED.get(signal) or signal.replace("_", " ").capitalize()


def run_title(kind: str) -> str:
    """What a run of this kind does."""
    return RUNS.get(kind, kind.capitalize())


def method_title(name: str) -> str:
    """What a way of making samples is called, without what follows its colon; its name where it is not known."""
    known: dict[str, type[Plugin]] = {**GENERATORS, **MODEL_GENERATORS}
    return known[name].label().partition(":")[0] if name in known else WAYS.get(name, name)


def form_title(form: str) -> str:
    """The name of an export format, without what follows its colon."""
    return FORMATS[form].label().partition(":")[0]


def count_of(number: int, one: str, many: str) -> str:
    """A number with the words that go with it.

    >>> count_of(1, "sample matches", "samples match"), count_of(2_000, "sample matches", "samples match")
    ('1 sample matches', '2,000 samples match')
    """
    return f"{number:,} {one if number == 1 else many}"
