"""Asking a language model behind an OpenAI-compatible address."""

from curation.model.answer import Answer
from curation.model.asking import DEFAULT, Sampling, ask, list_models, test_connection
from curation.model.budget import Allowance
from curation.model.client import Client
from curation.model.endpoint import Endpoint, edited
from curation.model.prices import Estimate, Price, estimate, price_of
from curation.model.redaction import redacted
from curation.model.structure import FORMS, Form, schema_of

__all__ = [
    "DEFAULT",
    "FORMS",
    "Allowance",
    "Answer",
    "Client",
    "Endpoint",
    "Estimate",
    "Form",
    "Price",
    "Sampling",
    "ask",
    "edited",
    "estimate",
    "list_models",
    "price_of",
    "redacted",
    "schema_of",
    "test_connection",
]
