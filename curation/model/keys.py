"""Where the key of an endpoint comes from: an environment variable, or the operating system's keyring.

A key in the keyring is bound to scheme, host and port, so that an endpoint moved to another address has none (T6). The
same entry can be written from a terminal: `keyring set sift:https://api.openai.com:443 api-key`.
"""

import os

from curation.errors import BadInput, ModelError
from curation.model.endpoint import Endpoint

USER = "api-key"
"""The name of the entry within its service, which is the origin."""
LONGEST = 4096
"""Of the keys in use, tokens of cloud providers are the longest, at about 2,000 characters."""
NO_KEYRING = (
    "This computer's keyring cannot be used: none is set up, or it is locked. "
    "Unlock it, or put the key in an environment variable and enter the variable's name."
)


def key_of(endpoint: Endpoint) -> str:
    """The key to send, empty where the endpoint needs none.

    Raises:
        ModelError: it is not where it should be, or what is there cannot be a key; its kind is `auth`.
    """
    if endpoint.in_keyring:
        return _from_keyring(endpoint)
    return _from_environment(endpoint) if endpoint.key_env else ""


def keep_key(endpoint: Endpoint, key: str) -> None:
    """Keep a key in the keyring for the origin of the endpoint, in place of one that was there.

    Raises:
        BadInput: it cannot be a key, or there is no keyring that keeps it.
    """
    key = key.strip()
    if not _can_be_key(key):
        raise BadInput(
            "The key is empty or too long, or holds a space, a line break or a letter that no key has. Copy it again."
        )
    kept = None
    try:
        import keyring

        keyring.set_password(_service(endpoint), USER, key)
        kept = keyring.get_password(_service(endpoint), USER)
    except Exception:  # a backend is code of the system's, which raises what it likes, also with the key in it
        raise BadInput(NO_KEYRING) from None
    if kept != key:
        raise BadInput(NO_KEYRING)


def forget_key(endpoint: Endpoint) -> None:
    """Take the key for the origin of the endpoint out of the keyring; nothing happens where there is none.

    Raises:
        BadInput: there is one and the keyring does not give it up.
    """
    try:
        import keyring

        if keyring.get_password(_service(endpoint), USER) is not None:
            keyring.delete_password(_service(endpoint), USER)
    except Exception:  # as above
        raise BadInput(NO_KEYRING) from None


def _service(endpoint: Endpoint) -> str:
    return f"sift:{endpoint.origin}"


def _from_keyring(endpoint: Endpoint) -> str:
    try:
        import keyring

        key = keyring.get_password(_service(endpoint), USER)
    except Exception:  # as above
        raise ModelError(f"{endpoint.name} needs a key. {NO_KEYRING}", "auth") from None
    if key is None:
        raise ModelError(
            f"{endpoint.name} needs a key, but this computer's keyring has none for {endpoint.origin}. "
            "Enter it in Settings.",
            "auth",
        )
    return _checked(endpoint, key.strip())


def _from_environment(endpoint: Endpoint) -> str:
    key = os.environ.get(endpoint.key_env, "").strip()
    if not key:
        raise ModelError(
            f"{endpoint.name} needs a key, but the environment variable {endpoint.key_env} is not set. "
            "Set it and start Sift again.",
            "auth",
        )
    return _checked(endpoint, key)


def _checked(endpoint: Endpoint, key: str) -> str:
    if not _can_be_key(key):
        raise ModelError(
            f"The key of {endpoint.name} is too long, or holds a space, a line break or a letter that no key has. "
            f"Copy it again: see {endpoint.key_place}.",
            "auth",
        )
    return key


def _can_be_key(key: str) -> bool:
    return 0 < len(key) <= LONGEST and key.isascii() and key.isprintable() and " " not in key
