"""Asking a language model behind an OpenAI-compatible address."""

from curation.model.answer import Answer
from curation.model.asking import DEFAULT, Sampling, as_collected, ask, list_models, test_connection
from curation.model.endpoint import Endpoint, edited
from curation.model.redaction import redacted

__all__ = [
    "DEFAULT",
    "Answer",
    "Endpoint",
    "Sampling",
    "as_collected",
    "ask",
    "edited",
    "list_models",
    "redacted",
    "test_connection",
]
