"""One question to a model with everything that was sent and that came back (I18)."""

import json
from contextlib import suppress

import streamlit as st

from curation.stages.known import known_origins
from curation.store import Workspace
from curation.store.asked import Request, Try, read_request
from pages._parts.cells import less_empty, visible_rows
from pages._parts.generate_cost import spent
from pages._parts.plain import visible

LONGEST = 20_000
"""Characters of a raw answer that are shown."""


def show_request(request: Request) -> None:
    """The prompt with its parameters, the attempts, and the raw answer."""
    st.subheader("What was asked")
    left, right = st.columns(2, gap="large")
    with left:
        if request.prompt.moderate:
            st.caption("Text to look for harm in")
            st.code(visible(request.prompt.moderate), language=None, wrap_lines=True)
        if request.prompt.complete:
            st.caption("raw text to go on with")
            st.code(visible(request.prompt.complete), language=None, wrap_lines=True)
        for message in request.prompt.messages:
            st.caption(message.role)
            st.code(visible(message.content), language=None, wrap_lines=True)
    with right:
        st.caption("Attempts")
        st.dataframe(visible_rows(less_empty([_row(one) for one in request.tries])), hide_index=True, width="stretch")
        st.caption("Parameters")
        st.code(visible(_parameters(request)), language=None, wrap_lines=True)
        answered = next((one for one in reversed(request.tries) if one.body), None)
        if answered:
            st.caption("Raw answer")
            st.code(visible(_pretty(answered.body)), language=None, wrap_lines=True)


def show_asked(workspace: Workspace, number: int) -> None:
    """A switch that shows what a model was asked for a sample; nothing where none was."""
    keys = {origin.prompt_hash for origin in known_origins(workspace, number) if origin.prompt_hash}
    if not keys or not st.toggle("What the model was asked and what it said", key="review.asked"):
        return
    for key in sorted(keys):
        request = read_request(workspace, key)
        if request:
            show_request(request)
        else:
            st.caption("What was asked is not in this workspace.")


def _row(one: Try) -> dict[str, object]:
    return {
        "sent (UTC)": one.sent,
        "endpoint": one.endpoint,
        "came to": "on its way" if one.is_open else one.problem or "answered",
        "status": one.status or None,
        "seconds": round(one.seconds, 2),
        "tokens": one.tokens,
        "cost": spent(one.cost),
    }


def _parameters(request: Request) -> str:
    prompt = request.prompt
    lines = [
        f"model: {request.model}",
        f"temperature: {prompt.temperature:g}",
        f"top_p: {prompt.top_p:g}",
        f"presence_penalty: {prompt.presence_penalty:g}",
        f"max_tokens: {prompt.max_tokens}",
        f"stop: {json.dumps(prompt.stop)}" if prompt.stop else "",
        f"slot: {prompt.slot}" if prompt.slot else "",
        f"schema: {prompt.schema}" if prompt.schema else "",
        f"key: {request.key}",
    ]
    return "\n".join(line for line in lines if line)


def _pretty(body: bytes) -> str:
    text = body[: 4 * LONGEST].decode("utf-8", "replace")
    with suppress(ValueError):
        text = json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}\n… ({len(body):,} bytes in all)"
