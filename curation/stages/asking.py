"""A model client for a run of the workspace: the endpoint by its name, the ledger, the caps, what was found out."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar, cast

import numpy as np

from curation.errors import NotReady
from curation.model import FORMS, Allowance, Client, Endpoint, Form
from curation.prompts import Chain, Vectors
from curation.sample import text_hash
from curation.stages.embedding import chosen_embedder
from curation.stages.endpoints import read_endpoints
from curation.stages.practice import NAME as PRACTICE
from curation.stages.practice import practice_endpoint
from curation.store import Workspace
from curation.store.ledger import RunLedger
from curation.store.settings import read_setting, write_setting
from curation.store.vectors import find_vectors, write_vectors

T = TypeVar("T")
FORM = "form of structured answers"
"""The setting that holds, by endpoint and model, how structure was asked for with success."""


@dataclass(frozen=True)
class Caps:
    """What a run may use up; 0 is no cap.

    Args:
        samples: kept samples.
        tokens: read and written.
        dollars: US dollars.
    """

    samples: int = 0
    tokens: int = 0
    dollars: float = 0.0


def endpoint_names(workspace: Workspace) -> list[str]:
    """Whom a run can ask: the endpoints of the settings, then the practice model.

    Raises:
        BadInput: the endpoints of the settings cannot be read.
    """
    return [*(endpoint.name for endpoint in read_endpoints(workspace)), PRACTICE]


def find_endpoint(workspace: Workspace, name: str) -> Endpoint:
    """The endpoint of this name; the practice model is started where it does not run yet.

    Raises:
        NotReady: there is none of this name any more.
    """
    if name == PRACTICE:
        return practice_endpoint()
    found = next((endpoint for endpoint in read_endpoints(workspace) if endpoint.name == name), None)
    if found is None:
        raise NotReady(f"There is no model endpoint named {name}. Add it in the settings, or choose another one.")
    return found


@dataclass(frozen=True)
class Desk:
    """What a method works with: a client to ask and the workspace's embedding model. It is a `Model`."""

    client: Client
    workspace: Workspace

    def each(self, chains: Iterable[Chain[T]]) -> Iterator[T]:
        """Carry chains through; see `Model.each`."""
        return self.client.each(chains)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors by the workspace's embedding model, each text once and for good; see `Model.embed`.

        They are kept: another number of threads gives other last digits, with which a resumed run could choose and
        ask otherwise.

        Raises:
            ModelError: the embedding model cannot be loaded.
        """
        embedder = chosen_embedder(self.workspace)
        hashes = [text_hash(text) for text in texts]
        known = find_vectors(self.workspace, embedder.revision, hashes)
        missing = {key: text for key, text in zip(hashes, texts, strict=True) if key not in known}
        if missing:
            vectors = embedder(list(missing.values()))
            write_vectors(self.workspace, embedder.revision, list(missing), vectors)
            known |= dict(zip(missing, vectors, strict=True))
        return np.array([known[key] for key in hashes], np.float32)


@contextmanager
def asking(workspace: Workspace, run: str, endpoint: Endpoint, caps: Caps, stop: Callable[[], None]) -> Iterator[Desk]:
    """A desk whose client writes everything into the workspace under this run, and keeps what it found out.

    Raises:
        CurationError: the caps need a price that is not known, or the key is missing.
    """
    known = json.loads(read_setting(workspace, FORM, "{}"))
    place = f"{endpoint.origin} {endpoint.model}"
    form = cast(Form, known[place]) if known.get(place) in FORMS else None
    allowance = Allowance(caps.tokens, caps.dollars)
    with Client(endpoint, RunLedger(workspace, run), allowance, stop, form) as client:
        yield Desk(client, workspace)
        if client.known_form not in (None, form):
            write_setting(workspace, FORM, json.dumps(known | {place: client.known_form}))
