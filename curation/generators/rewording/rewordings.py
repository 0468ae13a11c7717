"""Rules that say the same request in other words. Each gives a text, or nothing where it does not fit."""

import re
from collections.abc import Callable
from functools import partial

from curation.generators.rewording.sentences import VERBS, first_sentence, imperative, is_imperative, lowered
from curation.generators.rewording.word_order import asked, form_first, given_first, passive, would_you_mind

Rewording = Callable[[str], str]

SYNONYMS: dict[str, tuple[tuple[str, str], ...]] = {
    "list": (("Make a list of", r"(?!out\b|all\b)"),),
    "describe": (("Give a description of", r"(?:a|an|the|your|this|that|these|those)\b"), ("Explain", r"how\b")),
    "explain": (("Give an explanation of", r"(?:the|a|an|this|these)\b(?!.*\bto (?:a|an|someone|me)\b)"),),
    "create": (("Make", r"(?:a|an|the|\w+)\b"), ("Come up with", r"(?:a|an)\b")),
    "generate": (("Produce", r""), ("Come up with", r"")),
    "suggest": (("Propose", r""), ("Recommend", r"")),
    "provide": (("Give", r"(?!for\b)"),),
    "calculate": (("Compute", r""), ("Work out", r"")),
    "compute": (("Calculate", r""), ("Work out", r"")),
    "determine": (("Find out", r"(?:if|whether|how|what|which|who|when|where)\b"),),
    "classify": (("Categorize", r"(?!.*\bas\b)"), ("Sort", r".*\binto\b")),
    "categorize": (("Classify", r""),),
    "construct": (("Build", r""),),
    "compose": (("Write", r""),),
    "write": (("Compose", r"(?:a|an|the)\s(?:\w+\s){0,2}(?:poem|haiku|letter|story|song|essay|email|verse|speech)\b"),),
    "draft": (("Write a draft of", r"(?:a|an|the)\b"),),
    "summarize": (("Give a summary of", r"(?:the|this|these|a|an)\b"), ("Sum up", r"")),
    "summarise": (("Give a summary of", r"(?:the|this|these|a|an)\b"), ("Sum up", r"")),
    "rephrase": (("Reword", r""), ("Put into other words", r"")),
    "paraphrase": (("Rephrase", r""), ("Reword", r"")),
    "identify": (("Point out", r"(?!if\b|whether\b|how\b)"),),
    "outline": (("Give an outline of", r"(?:the|a|an)\b"),),
    "define": (("Give a definition of", r"(?!.*\bas\b)"),),
    "select": (("Choose", r""), ("Pick", r"")),
    "choose": (("Select", r""), ("Pick", r"")),
    "remove": (("Delete", r""), ("Take out", r"")),
    "fix": (("Correct", r""),),
    "correct": (("Fix", r"(?!.*\bis\b)"),),
}
"""Lead verb → other words for it, each with what must follow."""


def led(opening: str, text: str, mark: str = "") -> str:
    """Put words before an imperative, with another end mark where it had a full stop or none."""
    sentence, end, rest = imperative(text)
    if not sentence:
        return ""
    return f"{opening} {lowered(sentence)}{mark if mark and end in {'', '.'} else end}{rest}"


def synonym(text: str, choice: int = 0) -> str:
    """Another lead verb, where what follows allows it.

    >>> synonym("Describe the water cycle.")
    'Give a description of the water cycle.'
    """
    sentence, end, rest = imperative(text)
    verb, _, object_ = sentence.partition(" ")
    fitting = [other for other, after in SYNONYMS.get(verb.lower(), ()) if object_ and re.match(after, object_)]
    return f"{fitting[choice]} {object_}{end}{rest}" if choice < len(fitting) else ""


def purpose_first(text: str) -> str:
    """Move a purpose to the front.

    >>> purpose_first("Write a letter in order to ask for a refund.")
    'In order to ask for a refund, write a letter.'
    """
    sentence, end, rest = imperative(text)
    request, found, purpose = sentence.partition(" in order to ")
    plain = found and " and " not in purpose and "," not in sentence
    return f"In order to {purpose}, {lowered(request)}{end}{rest}" if plain else ""


def purpose_last(text: str) -> str:
    """Move a means or purpose from the front to the end.

    >>> purpose_last("Using the table, name the largest city.")
    'Name the largest city, using the table.'
    """
    sentence, end, rest = first_sentence(text)
    front, found, request = sentence.partition(", ")
    fits = re.match(r"(In order to|Using) \w", front) and is_imperative(request)
    if not found or not fits or "," in request or re.search(r"\b(it|its|they|them|their|this|that)\b", request):
        return ""
    link = " " if front.startswith("In") else ", "
    return f"{request[0].upper()}{request[1:]}{link}{lowered(front)}{end}{rest}"


def question_to_request(text: str) -> str:
    """Turn the kinds of question whose word order stays right into requests.

    >>> question_to_request("How do you bake bread?"), question_to_request("Can you name a bird?")
    ('Explain how to bake bread.', 'Name a bird.')
    """
    sentence, end, rest = first_sentence(text)
    if end != "?":
        return ""
    for pattern, shape in QUESTIONS:
        found = re.fullmatch(pattern, sentence)
        if found:
            said = shape.format(*found.groups())
            return f"{said[0].upper()}{said[1:]}.{rest}"
    return ""


def announced_question(text: str) -> str:
    """Put a line before a question, which stays as it is."""
    sentence, end, rest = first_sentence(text)
    plain = end == "?" and not rest and re.match(r"(What|Which|Who|When|Where|Why|How)\b", sentence)
    return f"Answer this question: {sentence}?" if plain else ""


NOUN = r"(?:the|a|an) [\w\- ]+?"
QUESTIONS = (
    (r"(?:Can|Could|Would|Will) you (?:please )?((?:" + "|".join(sorted(VERBS)) + r")\b.+)", "{0}"),
    (r"How (?:do|can|would|should) (?:you|I|we|one) (?!know\b|feel\b|think\b)(\w+ .+)", "Explain how to {0}"),
    (r"What (is|are|was|were) (the (?:\w+ ){0,2}\w+ (?:of|between|for|in) [\w\- ]+)", "Tell me what {1} {0}"),
    (r"What (is|are) ((?:a|an) [\w\-]+(?: [\w\-]+)?)", "Tell me what {1} {0}"),
    (r"Who (invented|wrote|painted|discovered|composed|founded|built|directed) (.+)", "Tell me who {0} {1}"),
)
"""Questions and the request that asks the same. Only where subject and verb can be put in order by rule."""

REWORDINGS: dict[str, Rewording] = {
    "can you": partial(led, "Can you", mark="?"),
    "polite question": partial(led, "Could you please", mark="?"),
    "please": partial(led, "Please"),
    "need": partial(led, "I need you to"),
    "task": partial(led, "Your task is to"),
    "like": partial(led, "I would like you to"),
    "aim": partial(led, "The aim is to"),
    "appreciate": partial(led, "I would appreciate it if you could"),
    "would you mind": would_you_mind,
    "question": asked,
    "passive": passive,
    "given first": given_first,
    "form first": form_first,
    "synonym": synonym,
    "second synonym": partial(synonym, choice=1),
    "purpose first": purpose_first,
    "purpose last": purpose_last,
    "question to request": question_to_request,
    "announced question": announced_question,
}
"""The rules by the name that the origin of a sample shows."""
