"""The model endpoints of a workspace: everything but the key, which stays in the environment or goes to the keyring."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from curation.errors import BadInput
from curation.model import Endpoint, edited
from curation.model.keys import forget_key, keep_key
from curation.stages.practice import NAME as PRACTICE
from curation.store import Workspace
from curation.store.people import check
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
        BadInput: one has no name or no model, or two have one name, that of the practice model included.
        NotAllowed: the role of the one who asks does not allow it.
    """
    check(workspace, "models")
    _check(endpoints)
    write_setting(workspace, ENDPOINTS, json.dumps([asdict(endpoint) for endpoint in endpoints], ensure_ascii=False))


def save_endpoint(
    workspace: Workspace, endpoints: Sequence[Endpoint], old: str, wanted: Endpoint, key: str = ""
) -> Endpoint:
    """Keep an endpoint as it was typed, and its key in the keyring where one was typed.

    Args:
        workspace: where it is kept.
        endpoints: those that there are.
        old: the name of the one that it replaces; "" for a new one.
        wanted: the endpoint; where it replaces one at the same origin whose key is in the keyring, it keeps that key.
        key: a new key for the keyring, "" for none.

    Returns:
        The endpoint as it is kept: without its key where the address moved to another origin (T6).

    Raises:
        BadInput: names, key or keyring cannot be used; nothing is changed then.
        NotAllowed: the role of the one who asks does not allow it.
    """
    check(workspace, "models")
    saved = next((endpoint for endpoint in endpoints if endpoint.name == old), None)
    new = revised(saved, wanted) if saved else wanted
    if key.strip():
        new = replace(new, in_keyring=True)
    after = with_endpoint(endpoints, old, new)
    _check(after)
    if key.strip():
        keep_key(new, key)
    _change(workspace, endpoints, after)
    return new


def remove_endpoint(workspace: Workspace, endpoints: Sequence[Endpoint], name: str) -> None:
    """Take one out, and its key out of the keyring where no other endpoint here has the same.

    Raises:
        BadInput: the key could not be taken out; the endpoint is gone.
    """
    _change(workspace, endpoints, [endpoint for endpoint in endpoints if endpoint.name != name])


def drop_key(workspace: Workspace, endpoints: Sequence[Endpoint], origin: str) -> None:
    """Take the key for an origin out of the keyring; every endpoint there goes on without one.

    Raises:
        BadInput: the keyring did not give it up; it is no longer used.
    """
    after = [replace(each, in_keyring=False) if each.origin == origin else each for each in endpoints]
    _change(workspace, endpoints, after)


def with_endpoint(endpoints: Sequence[Endpoint], old: str, new: Endpoint) -> list[Endpoint]:
    """The endpoints with the one named `old` replaced, or with `new` at the end where there is none of that name."""
    if old not in [endpoint.name for endpoint in endpoints]:
        return [*endpoints, new]
    return [new if endpoint.name == old else endpoint for endpoint in endpoints]


def revised(saved: Endpoint, wanted: Endpoint) -> Endpoint:
    """A saved endpoint after an edit: its key's variable is dropped when it would go to another origin (T6).

    A variable that was typed anew in the same edit is meant for the new address and stays, and goes before a key in
    the keyring.

    >>> saved = Endpoint("Main", "https://api.example.com/v1", "m", "MAIN_KEY")
    >>> revised(saved, Endpoint("Main", "https://other.example/v1", "m", "MAIN_KEY")).key_env
    ''
    """
    moved = edited(saved, wanted.base_url)
    if wanted.key_env == saved.key_env:
        wanted = replace(wanted, key_env=moved.key_env)
    return replace(wanted, in_keyring=moved.in_keyring and not wanted.key_env)


def _check(endpoints: Sequence[Endpoint]) -> None:
    if not all(endpoint.name.strip() and endpoint.model.strip() for endpoint in endpoints):
        raise BadInput("An endpoint needs a name and a model.")
    names = [endpoint.name for endpoint in endpoints]
    if len({PRACTICE, *names}) < len(names) + 1:
        raise BadInput("There is an endpoint of this name already. Choose another name.")


def _change(workspace: Workspace, before: Sequence[Endpoint], after: Sequence[Endpoint]) -> None:
    """Keep the endpoints, then take out of the keyring what none of them uses any more."""
    write_endpoints(workspace, after)
    used = {endpoint.origin for endpoint in after if endpoint.in_keyring}
    unused = {endpoint.origin: endpoint for endpoint in before if endpoint.in_keyring and endpoint.origin not in used}
    for endpoint in unused.values():
        try:
            forget_key(endpoint)
        except BadInput as error:
            raise BadInput(f"It is done, but the key for {endpoint.origin} may still be there. {error}") from None
