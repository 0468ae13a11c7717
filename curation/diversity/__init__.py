"""How varied the samples are: what they ask for, and numbers for it."""

from curation.diversity.measures import distinct_n, effective_number, entropy
from curation.diversity.verb_objects import VerbObject, top_verb_objects, verb_objects

__all__ = ["VerbObject", "distinct_n", "effective_number", "entropy", "top_verb_objects", "verb_objects"]
