"""What one endpoint understands, found out once: how structure is asked for, a length limited, the dice thrown."""

import hashlib
import re
from collections.abc import Mapping
from typing import NamedTuple

from curation.model.structure import FORMS, Form, in_words, response_format
from curation.prompts import Json, Prompt

ABOUT_FORM = re.compile(r"response.?format|json.?(schema|object)|schema|grammar|structured", re.IGNORECASE)
NOT_ACCEPTED = frozenset({400, 422, 500, 501})
"""How servers say that they do not know `json_schema`: OpenAI's 400, FastAPI's 422, llama.cpp's 500."""
OLDER_LIMIT, NEWER_LIMIT = "max_tokens", "max_completion_tokens"
ABOUT_SEED = re.compile(r"\bseed\b", re.IGNORECASE)


class Asked(NamedTuple):
    """One prompt as it was put to an endpoint.

    Args:
        prompt: what is asked.
        form: how structure was asked for.
        body: what was sent.
    """

    prompt: Prompt
    form: Form
    body: Mapping[str, Json]


class Dialect:
    """How this endpoint is spoken to.

    Args:
        form: how structure was asked for with success before, None where it is not known.
    """

    def __init__(self, form: Form | None) -> None:
        """Start with the strictest form where none is known."""
        self.form: Form = form or FORMS[0]
        self.proved = form is not None
        self._limit = OLDER_LIMIT
        self._seeds = True

    def asked(self, prompt: Prompt, model: str, form: Form) -> Asked:
        """One prompt as this endpoint is asked it."""
        if prompt.moderate:
            return Asked(prompt, form, {"model": model, "input": _sendable(prompt.moderate)})
        body = self._body(prompt, model)
        if prompt.complete:
            body |= {"prompt": _sendable(prompt.complete), OLDER_LIMIT: prompt.max_tokens}
            return Asked(prompt, form, body)
        stated = prompt.messages if form == "schema" else in_words(prompt.messages, prompt.schema)
        body["messages"] = [{"role": one.role, "content": _sendable(one.content)} for one in stated]
        body[self._limit] = prompt.max_tokens
        wanted = response_format(prompt.schema, form)
        return Asked(prompt, form, body if wanted is None else body | {"response_format": wanted})

    def _body(self, prompt: Prompt, model: str) -> dict[str, Json]:
        """What every request has; what is left at its usual value is left out, because some servers refuse it."""
        body: dict[str, Json] = {"model": model, "temperature": prompt.temperature}
        if self._seeds and prompt.slot and prompt.temperature > 0:
            body["seed"] = seed_of(prompt.slot)
        if prompt.top_p != 1.0:
            body["top_p"] = prompt.top_p
        if prompt.stop:
            body["stop"] = list(prompt.stop)
        if prompt.presence_penalty:
            body["presence_penalty"] = prompt.presence_penalty
        return body

    def worked(self, asked: Asked) -> None:
        """An answer came to a prompt that was asked so."""
        if asked.prompt.schema and asked.form == self.form:
            self.proved = True

    def learned(self, asked: Asked, status: int, said: str) -> bool:
        """Whether a refusal means that the same prompt can be asked in another way, which is known from here on.

        Args:
            asked: what was asked, and how.
            status: the HTTP status of the refusal.
            said: the start of its body.
        """
        return self._field(asked.body, status, said) or self._lower(asked, status, said)

    def _field(self, body: Mapping[str, Json], status: int, said: str) -> bool:
        """Whether a field that was sent is what is not known. Others may have found that out in the meantime."""
        if status == 400 and OLDER_LIMIT in body and "messages" in body and NEWER_LIMIT in said:
            self._limit = NEWER_LIMIT
            return True
        if status in {400, 422} and "seed" in body and ABOUT_SEED.search(said):
            self._seeds = False
            return True
        return False

    def _lower(self, asked: Asked, status: int, said: str) -> bool:
        """Whether the next form of structure is worth a try."""
        if not asked.prompt.schema or asked.form == FORMS[-1] or status not in NOT_ACCEPTED:
            return False
        if not ABOUT_FORM.search(said) and (self.proved or status >= 500):
            return False
        if asked.form == self.form:
            self.form, self.proved = FORMS[FORMS.index(asked.form) + 1], False
        return True


def seed_of(slot: str) -> int:
    """What tells equal prompts apart on the wire: the same slot has the same seed, 0 to 2³¹ − 1.

    Without it a server that answers equal requests alike would give the same answer for every slot.

    >>> seed_of("answer 1") == seed_of("answer 1"), seed_of("answer 1") == seed_of("answer 2")
    (True, False)
    """
    return int.from_bytes(hashlib.sha256(slot.encode("utf-8", "replace")).digest()[:4], "big") >> 1


def _sendable(text: str) -> str:
    """Half a character (a lone surrogate, from broken files) cannot be sent."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
