"""What one endpoint understands, found out once: how structure is asked for and how a length is limited."""

import re

from curation.model.structure import FORMS, Form, in_words, response_format
from curation.prompts import Json, Prompt

ABOUT_FORM = re.compile(r"response.?format|json.?(schema|object)|schema|grammar|structured", re.IGNORECASE)
NOT_ACCEPTED = frozenset({400, 422, 500, 501})
"""How servers say that they do not know `json_schema`: OpenAI's 400, FastAPI's 422, llama.cpp's 500."""
NEWER_LIMIT = "max_completion_tokens"


class Dialect:
    """How this endpoint is spoken to.

    Args:
        form: how structure was asked for with success before, None where it is not known.
    """

    def __init__(self, form: Form | None) -> None:
        """Start with the strictest form where none is known."""
        self.form: Form = form or FORMS[0]
        self.proved = form is not None
        self._limit = "max_tokens"

    def body(self, prompt: Prompt, model: str, form: Form) -> dict[str, Json]:
        """The request for one prompt; what is left at its usual value is left out, because some servers refuse it."""
        stated = prompt.messages if form == "schema" else in_words(prompt.messages, prompt.schema)
        messages: list[Json] = [{"role": one.role, "content": _sendable(one.content)} for one in stated]
        body: dict[str, Json] = {"model": model, "messages": messages, "temperature": prompt.temperature}
        body[self._limit] = prompt.max_tokens
        if prompt.top_p != 1.0:
            body["top_p"] = prompt.top_p
        if prompt.stop:
            body["stop"] = list(prompt.stop)
        if prompt.presence_penalty:
            body["presence_penalty"] = prompt.presence_penalty
        wanted = response_format(prompt.schema, form)
        return body if wanted is None else body | {"response_format": wanted}

    def worked(self, prompt: Prompt, form: Form) -> None:
        """An answer came to a prompt that was asked in this form."""
        if prompt.schema and form == self.form:
            self.proved = True

    def learned(self, prompt: Prompt, form: Form, status: int, said: str) -> bool:
        """Whether a refusal means that the same prompt can be asked in another way, which is known from here on.

        Args:
            prompt: what was asked.
            form: the form in which it was asked.
            status: the HTTP status of the refusal.
            said: the start of its body.
        """
        if status == 400 and NEWER_LIMIT in said and self._limit != NEWER_LIMIT:
            self._limit = NEWER_LIMIT
            return True
        if not prompt.schema or form == FORMS[-1] or status not in NOT_ACCEPTED:
            return False
        if not ABOUT_FORM.search(said) and (self.proved or status >= 500):
            return False
        if form == self.form:
            self.form, self.proved = FORMS[FORMS.index(form) + 1], False
        return True


def _sendable(text: str) -> str:
    """Half a character (a lone surrogate, from broken files) cannot be sent."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
