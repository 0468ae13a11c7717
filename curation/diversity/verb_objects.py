"""What instructions ask for, as the pair that Self-Instruct's sunburst shows: root verb and direct object."""

from collections import Counter
from collections.abc import Iterable, Sequence

from curation.diversity.clause import root_verb
from curation.diversity.noun_phrase import object_noun
from curation.diversity.tokens import first_sentence

VerbObject = tuple[str, str | None]


def verb_objects(texts: Sequence[str]) -> list[VerbObject | None]:
    """Root verb and direct object of each English instruction, by rules over a word list.

    The published chart (Wang et al. 2023, "Self-Instruct", figure 3) uses a parser; this needs no model.

    Args:
        texts: instructions; of each the first sentence counts.

    Returns:
        One entry a text: the base form of the verb and the singular of the head noun of its object (None where there
        is none, or it is a name, a pronoun or a clause), or None where no verb is found. Questions such as "What is
        …?" give ("be", None).

    >>> verb_objects(["Write two short stories about a cat.", "What is rain?", "Tell me why.", "42"])
    [('write', 'story'), ('be', None), ('tell', None), None]
    """
    return [_verb_object(text) for text in texts]


def top_verb_objects(
    pairs: Iterable[VerbObject | None], verbs: int = 20, objects: int = 4
) -> list[tuple[str, str, int]]:
    """The rows of the sunburst: the commonest verbs, and for each the commonest objects.

    Args:
        pairs: what `verb_objects` gave; entries without an object are left out, as in the published chart.
        verbs: how many verbs, 20 in the published chart.
        objects: how many objects a verb, 4 in the published chart.

    Returns:
        (verb, object, count), most frequent verb first, then most frequent object; ties in the order of the alphabet.

    >>> top_verb_objects([("write", "poem"), ("write", "story"), ("write", "poem"), ("be", None)], objects=1)
    [('write', 'poem', 2)]
    """
    counts = Counter((pair[0], pair[1]) for pair in pairs if pair is not None and pair[1] is not None)
    totals: Counter[str] = Counter()
    for (verb, _), count in counts.items():
        totals[verb] += count
    rows = []
    for verb, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:verbs]:
        own = [(noun, count) for (of, noun), count in counts.items() if of == verb and noun is not None]
        rows += [(verb, noun, count) for noun, count in sorted(own, key=lambda item: (-item[1], item[0]))[:objects]]
    return rows


def _verb_object(text: str) -> VerbObject | None:
    tokens = first_sentence(text)
    root = root_verb(tokens)
    if root is None:
        return None
    return root.verb, None if root.after is None else object_noun(tokens, root.after, root.verb)
