"""Words by which an answer gives away what wrote it."""

import math
import re
from collections.abc import Sequence
from typing import ClassVar, Final

from curation.methods import Signal
from curation.sample import Sample

_MAKERS: Final = r"(?:openai|anthropic|google|meta|microsoft|deepmind|mistral|alibaba|cohere|deepseek)"
_FINGERPRINT: Final = re.compile(
    r"\bas an? (?:ai\b(?!-)|artificial intelligence\b|(?:large )?language model|(?:virtual|digital) assistant|chatbot)"
    r"|\bi(?:'m| am) (?:just |only )?an? (?:ai\b(?!-)|(?:large )?language model|(?:virtual|digital) assistant|chatbot)"
    r"|\bi(?:'m| am) (?:chatgpt|claude|gemini|bard|gpt-?\d|llama|qwen|deepseek|vicuna|alpaca\b(?! ))"
    rf"|\b(?:i was|i'm|i've been|model|assistant),? (?:\w+ ){{0,3}}?(?:developed|trained|created|made) by {_MAKERS}\b"
    r"|\bmy (?:knowledge|training)(?: data)? (?:cut-?off|cuts off|ends|goes)|\bas of my (?:last|latest|knowledge)\b"
    r"|\bmy (?:last|latest) (?:training )?(?:update|data)\b|\bmy training data\b"
    r"|\bi (?:don't|do not) have (?:personal (?:opinions?|experiences?|feelings?|beliefs?)|(?:access to )?real-time)"
    r"|作为一(?:个|名)?(?:ai|人工智能|大?语言模型)|我是(?:chatgpt|通义千问|文心一言|一个人工智能)"
    r"|\bals (?:eine? )?(?:ki\b|sprachmodell)|\ben tant qu(?:'ia\b|e modèle de langage)"
    r"|\bcomo (?:una? )?(?:ia\b|modelo de (?:lenguaje|linguagem))",
    re.IGNORECASE,
)
# Some part of each phrase: looking for these first is several times as fast.
_HINTS: Final = (
    *("as an", "'m", "i am", " by ", " my ", "my ", "don't", "do not", "als ", "en tant", "como ", "作为", "我是"),
)


class ModelFingerprints(Signal):
    """Words by which a model gives itself away.

    How many phrases there are in the answer such as "As an AI language model", "my knowledge cutoff", "trained by
    OpenAI". What learns from them says them. NaN for no answer. Known false hits: stories and essays about such
    models ("a language model developed by OpenAI").

    >>> ModelFingerprints()([Sample("Who?", output="As an AI language model, I was trained by OpenAI.")])
    [2.0]
    """

    name: ClassVar[str] = "model_fingerprints"
    unit: ClassVar[str] = "places"

    def __call__(self, samples: Sequence[Sample]) -> list[float]:
        """Count in every answer."""
        return [_count(sample.output) for sample in samples]


def _count(answer: str) -> float:
    if not answer.strip():
        return math.nan
    text = answer.replace("’", "'").casefold()
    return float(sum(1 for _ in _FINGERPRINT.finditer(text))) if any(hint in text for hint in _HINTS) else 0.0
