"""The model endpoints of a workspace: name, address, model and the name of the variable with the key, never the key."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from curation.errors import BadInput
from curation.model import Endpoint, edited
from curation.store import Workspace
from curation.store.settings import read_setting, write_setting

ENDPOINTS = "endpoints"
"""The setting that holds them, as a JSON list of objects."""


def read_endpoints(workspace: Workspace) -> list[Endpoint]:
    """The endpoints in the order in which they were added.

    Raises:
        BadInput: the setting was changed by hand and cannot be read.
    """
    try:
        return [Endpoint(**fields) for fields in json.loads(read_setting(workspace, ENDPOINTS, "[]"))]
    except (ValueError, TypeError) as error:
        raise BadInput("The list of model endpoints in this workspace cannot be read. Add them again.") from error


def write_endpoints(workspace: Workspace, endpoints: Sequence[Endpoint]) -> None:
    """Keep these endpoints in place of those that were there.

    Raises:
        BadInput: one has no name or no model, or two have one name.
    """
    if not all(endpoint.name.strip() and endpoint.model.strip() for endpoint in endpoints):
        raise BadInput("An endpoint needs a name and a model.")
    names = [endpoint.name for endpoint in endpoints]
    if len(set(names)) < len(names):
        raise BadInput("There is an endpoint of this name already. Choose another name.")
    write_setting(workspace, ENDPOINTS, json.dumps([asdict(endpoint) for endpoint in endpoints], ensure_ascii=False))


def with_endpoint(endpoints: Sequence[Endpoint], old: str, new: Endpoint) -> list[Endpoint]:
    """The endpoints with the one named `old` replaced, or with `new` at the end where there is none of that name."""
    if old not in [endpoint.name for endpoint in endpoints]:
        return [*endpoints, new]
    return [new if endpoint.name == old else endpoint for endpoint in endpoints]


def revised(saved: Endpoint, wanted: Endpoint) -> Endpoint:
    """A saved endpoint after an edit: its key's variable is dropped when it would go to another origin (T6).

    A variable that was typed anew in the same edit is meant for the new address and stays.

    >>> saved = Endpoint("Main", "https://api.example.com/v1", "m", "MAIN_KEY")
    >>> revised(saved, Endpoint("Main", "https://other.example/v1", "m", "MAIN_KEY")).key_env
    ''
    """
    moved = edited(saved, wanted.base_url)
    return replace(wanted, key_env=moved.key_env) if wanted.key_env == saved.key_env else wanted
