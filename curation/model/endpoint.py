"""Where a model is asked. Holds the name of the environment variable with the key, never the key."""

import os
import re
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, urlsplit

from curation.errors import BadInput, ModelError
from curation.model.addresses import forbidden, literal

ALLOWED = re.compile(r"[A-Za-z0-9.:/_~%\[\]@?#=&+-]+")
VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LOOKS_LIKE_KEY = re.compile(r"(sk|gsk|hf|pk|key)[-_]", re.IGNORECASE)
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Endpoint:
    """One model behind an OpenAI-compatible address.

    Args:
        name: what the reader calls it.
        base_url: the address up to and with its version, for example `https://api.openai.com/v1`.
        model: the model as the endpoint names it.
        key_env: the environment variable that holds the key, empty where none is needed.

    Raises:
        BadInput: the address or the variable cannot be used (T4).

    >>> Endpoint("Local", "http://127.0.0.1:11434/v1/", "llama3").origin
    'http://127.0.0.1:11434'
    """

    name: str
    base_url: str
    model: str
    key_env: str = ""

    def __post_init__(self) -> None:
        """Check what was typed, so that past this border nothing has to be checked again."""
        object.__setattr__(self, "base_url", self.base_url.strip().rstrip("/"))
        _check_address(self.base_url)
        if self.key_env and (not VARIABLE.fullmatch(self.key_env) or LOOKS_LIKE_KEY.match(self.key_env)):
            raise BadInput(
                "The key's environment variable must be a name such as OPENAI_API_KEY. "
                "Do not enter the key itself: set it in the environment and enter the variable's name here."
            )

    @property
    def host(self) -> str:
        """The host in lower case, without brackets."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def port(self) -> int:
        """The port, also where the address leaves it out."""
        parts = urlsplit(self.base_url)
        return parts.port or PORTS[parts.scheme]

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a key is bound to."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{urlsplit(self.base_url).scheme}://{host}:{self.port}"


def edited(endpoint: Endpoint, base_url: str) -> Endpoint:
    """The endpoint at another address; the key is dropped when scheme, host or port changes (T6).

    >>> saved = Endpoint("Main", "https://api.openai.com/v1", "gpt", "OPENAI_API_KEY")
    >>> edited(saved, "https://api.openai.com/v2").key_env, edited(saved, "https://other.example/v1").key_env
    ('OPENAI_API_KEY', '')
    """
    moved = replace(endpoint, base_url=base_url)
    return moved if moved.origin == endpoint.origin else replace(moved, key_env="")


def key_of(endpoint: Endpoint) -> str:
    """The key from the environment, empty where the endpoint needs none.

    Raises:
        ModelError: the variable is not set, or holds what cannot be a key.
    """
    if not endpoint.key_env:
        return ""
    key = os.environ.get(endpoint.key_env, "").strip()
    if not key:
        raise ModelError(
            f"{endpoint.name} needs a key, but the environment variable {endpoint.key_env} is not set. "
            "Set it and start Sift again.",
            "auth",
        )
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise ModelError(
            f"The key in {endpoint.key_env} holds a space, a line break or a letter that no key has. Copy it again.",
            "auth",
        )
    return key


def _check_address(url: str) -> None:
    """Refuse an address that is no model's; the message never repeats it, because it may hold a password."""
    if not url.lower().startswith(("http://", "https://")):
        raise BadInput("The address must start with http:// or https://, for example https://api.openai.com/v1.")
    try:
        parts = urlsplit(url)
        number = parts.port
        address = literal(parts.hostname or "")
    except ValueError:
        raise BadInput(
            "The address has a host or port that cannot be read. Write the host as a name or as four numbers with dots."
        ) from None
    if number == 0 or not parts.hostname or not ALLOWED.fullmatch(url):
        raise BadInput("The address holds a character that does not belong there, or no host. Type it again.")
    if address is not None and forbidden(address):
        raise BadInput("The address is a link-local or metadata address, where no model lives. Enter the model's own.")
    _check_rest(parts)


def _check_rest(parts: SplitResult) -> None:
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise BadInput("The address must not hold a user name or password. Put the key in an environment variable.")
    if parts.query or parts.fragment:
        raise BadInput("The address must end before ? and #. Put the key in an environment variable.")
    if parts.path.endswith(("/chat/completions", "/completions", "/models")):
        raise BadInput("The address must end before /chat/completions or /models, for example …/v1.")
