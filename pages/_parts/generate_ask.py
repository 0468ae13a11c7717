"""Ask a model one thing; its answer becomes a sample."""

import streamlit as st

from curation.errors import CurationError
from curation.model import DEFAULT, Sampling
from curation.stages.endpoints import read_endpoints
from curation.stages.generating import ask_job
from curation.store import Workspace
from pages._parts.plain import plain
from pages._parts.progress import start


def show_ask(workspace: Workspace) -> None:
    """Endpoint, prompt and options, and the button that asks; without an endpoint, the way to the settings."""
    try:
        endpoints = {endpoint.name: endpoint for endpoint in read_endpoints(workspace)}
    except CurationError as error:
        st.error(plain(str(error)))
        endpoints = {}
    if not endpoints:
        st.info("No model is set up yet. Name one in the settings: any OpenAI-compatible address will do.")
        st.page_link("pages/settings.py", label="Set up a model", icon=":material/settings:")
        return
    name = st.selectbox(
        "Model", list(endpoints), key="generate.ask.endpoint",
        format_func=lambda name: f"{name}: {endpoints[name].model}",
    )  # fmt: skip
    prompt = st.text_area("Prompt", key="generate.ask.prompt", height=140)
    system = st.text_area("System message", key="generate.ask.system", height=68, placeholder="optional")
    left, middle, right = st.columns(3)
    how = Sampling(
        temperature=left.number_input("Temperature", 0.0, 2.0, DEFAULT.temperature, 0.1, key="generate.ask.temperature",
                                      help="0 for the likeliest words, higher for more variety"),
        max_tokens=int(middle.number_input("Most tokens", 1, 200_000, DEFAULT.max_tokens, key="generate.ask.tokens",
                                           help="A longer answer is cut off, and then it is not kept")),
        timeout=right.number_input("Seconds to wait", 1.0, 600.0, DEFAULT.timeout, key="generate.ask.timeout"),
    )  # fmt: skip
    st.button(
        "Ask",
        type="primary",
        key="generate.ask.start",
        icon=":material/send:",
        disabled=not prompt.strip(),
        on_click=lambda: start(workspace, ask_job(workspace, endpoints[name], prompt.strip(), system.strip(), how)),
    )
