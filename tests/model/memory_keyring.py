"""A keyring for tests that keeps what it is given in memory."""

from keyring.backend import KeyringBackend


class MemoryKeyring(KeyringBackend):
    """Chosen by the tests alone: its priority keeps it from ever being found by itself."""

    priority = 0.1

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]
