"""Where a model is asked, how fast and at what price. Says where the key is kept, never what it is."""

import math
import re
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, urlsplit

from curation.errors import BadInput
from curation.model.addresses import forbidden, literal

ALLOWED = re.compile(r"[A-Za-z0-9.:/_~%\[\]@?#=&+-]+")
VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LOOKS_LIKE_KEY = re.compile(r"(sk|gsk|hf|pk|key)[-_]", re.IGNORECASE)
PORTS = {"http": 80, "https": 443}
MOST_PARALLEL = 256
MOST_SECONDS = 3600.0


@dataclass(frozen=True)
class Endpoint:
    """One model behind an OpenAI-compatible address.

    Args:
        name: what the reader calls it.
        base_url: the address up to and with its version, for example `https://api.openai.com/v1`.
        model: the model as the endpoint names it.
        key_env: the environment variable that holds the key, empty where there is none.
        in_keyring: the key is in the operating system's keyring, under the address's origin (see `keys.py`).
        parallel: the most requests in flight at one time.
        requests_per_minute: the most requests in any minute, 0 for no limit.
        tokens_per_minute: the most tokens, read and written, in any minute, 0 for no limit.
        prompt_price: US dollars per million tokens read, None for the price of the price library.
        completion_price: US dollars per million tokens written; both prices are set or none.
        timeout: seconds for one whole answer.

    Raises:
        BadInput: the address (T4), the variable, a limit or a price cannot be used.

    >>> Endpoint("Local", "http://127.0.0.1:11434/v1/", "llama3").origin
    'http://127.0.0.1:11434'
    """

    name: str
    base_url: str
    model: str
    key_env: str = ""
    in_keyring: bool = False
    parallel: int = 8
    requests_per_minute: int = 0
    tokens_per_minute: int = 0
    prompt_price: float | None = None
    completion_price: float | None = None
    timeout: float = 60.0

    def __post_init__(self) -> None:
        """Check what was typed, so that past this border nothing has to be checked again."""
        object.__setattr__(self, "base_url", self.base_url.strip().rstrip("/"))
        _check_address(self.base_url)
        self._check_key()
        self._check_limits()
        self._check_prices()

    def _check_key(self) -> None:
        if self.key_env and (not VARIABLE.fullmatch(self.key_env) or LOOKS_LIKE_KEY.match(self.key_env)):
            raise BadInput(
                "The key's environment variable must be a name such as OPENAI_API_KEY. "
                "Do not enter the key itself: set it in the environment and enter the variable's name here."
            )
        if self.key_env and self.in_keyring:
            raise BadInput("The key comes from an environment variable or from the keyring. Choose one of the two.")

    def _check_limits(self) -> None:
        if not 1 <= self.parallel <= MOST_PARALLEL:
            raise BadInput(f"Parallel requests must be between 1 and {MOST_PARALLEL}.")
        if self.requests_per_minute < 0 or self.tokens_per_minute < 0:
            raise BadInput("A limit per minute must be 0 (no limit) or more.")
        if not 1 <= self.timeout <= MOST_SECONDS:
            raise BadInput(f"Seconds to wait must be between 1 and {MOST_SECONDS:.0f}.")

    def _check_prices(self) -> None:
        if (self.prompt_price is None) != (self.completion_price is None):
            raise BadInput("Enter both prices, for tokens read and for tokens written, or none. Enter 0 for free.")
        for price in (self.prompt_price, self.completion_price):
            if price is not None and not (math.isfinite(price) and price >= 0):
                raise BadInput("A price must be 0 or more.")

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

    @property
    def key_place(self) -> str:
        """Where to look when the key is refused, for the middle of a sentence."""
        if self.in_keyring:
            return f"the key for {self.origin} in this computer's keyring"
        return f"the environment variable {self.key_env}" if self.key_env else "whether it needs a key"


def edited(endpoint: Endpoint, base_url: str) -> Endpoint:
    """The endpoint at another address; the key is dropped when scheme, host or port changes (T6).

    >>> saved = Endpoint("Main", "https://api.openai.com/v1", "gpt", "OPENAI_API_KEY")
    >>> edited(saved, "https://api.openai.com/v2").key_env, edited(saved, "https://other.example/v1").key_env
    ('OPENAI_API_KEY', '')
    """
    moved = replace(endpoint, base_url=base_url)
    return moved if moved.origin == endpoint.origin else replace(moved, key_env="", in_keyring=False)


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
