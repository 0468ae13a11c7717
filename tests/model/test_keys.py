"""T6, T7, T20: a key in the keyring goes to one origin, and to no text that anybody reads."""

from collections.abc import Iterator
from dataclasses import replace

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest

from curation.errors import BadInput, ModelError
from curation.model.endpoint import Endpoint, edited
from curation.model.keys import forget_key, keep_key, key_of
from tests.model.memory_keyring import MemoryKeyring

CANARY = "sk-CANARY-keyring-71c2"
MINE = Endpoint("Mine", "https://a.example/v1", "tiny", in_keyring=True)


@pytest.fixture(autouse=True)
def memory() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    kept = MemoryKeyring()
    keyring.set_keyring(kept)
    yield kept
    keyring.set_keyring(before)


def test_a_key_is_kept_used_replaced_and_forgotten(memory: MemoryKeyring) -> None:
    keep_key(MINE, f" {CANARY}\n")
    assert key_of(MINE) == CANARY
    keep_key(MINE, "other-key")
    assert key_of(MINE) == "other-key"
    forget_key(MINE)
    assert memory.entries == {}
    forget_key(MINE)
    with pytest.raises(ModelError, match="keyring has none") as caught:
        key_of(MINE)
    assert caught.value.kind == "auth"


@pytest.mark.parametrize("moved", ["http://a.example/v1", "https://a.example:8443/v1", "https://a.example.evil/v1"])
def test_t6_a_moved_endpoint_has_no_key(moved: str) -> None:
    keep_key(MINE, CANARY)
    assert edited(MINE, moved).in_keyring is False
    assert key_of(edited(MINE, moved)) == ""
    with pytest.raises(ModelError, match="keyring has none"):
        key_of(replace(MINE, base_url=moved))
    assert key_of(edited(MINE, "https://A.example:443/v2")) == CANARY


def test_an_endpoint_without_a_key_asks_no_keyring() -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())
    assert key_of(replace(MINE, in_keyring=False)) == ""


@pytest.mark.parametrize("key", ["", "  ", "se cret", "secr\net", "sécret", "a" * 5000])
def test_what_cannot_be_a_key_is_not_kept(memory: MemoryKeyring, key: str) -> None:
    with pytest.raises(BadInput) as caught:
        keep_key(MINE, key)
    assert memory.entries == {}
    assert not key.strip() or key not in str(caught.value)


class Locked(MemoryKeyring):
    """Fails with the key in its message, as no backend should."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked(f"cannot read {service} {username} {CANARY}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise OSError(f"cannot write {service} {username} {password}")


@pytest.mark.parametrize("backend", [keyring.backends.fail.Keyring, keyring.backends.null.Keyring, Locked])
def test_a_computer_without_a_keyring_says_so(backend: type[keyring.backend.KeyringBackend]) -> None:
    """T7: and the sentence says nothing else, nor does the chain of errors."""
    keyring.set_keyring(backend())
    with pytest.raises(BadInput, match="environment variable") as caught:
        keep_key(MINE, CANARY)
    assert CANARY not in str(caught.value)
    assert caught.value.__cause__ is None
    with pytest.raises(ModelError) as refused:
        key_of(MINE)
    assert refused.value.kind == "auth"
    assert CANARY not in str(refused.value)


def test_t7_the_key_is_in_no_text_of_the_endpoint() -> None:
    keep_key(MINE, CANARY)
    assert CANARY not in repr(MINE) + MINE.key_place
    assert MINE.origin in MINE.key_place
