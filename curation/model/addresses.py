"""Which network addresses a model may live at: the machine's own and private ones too, metadata services never."""

import ipaddress
import re
import socket
from collections.abc import Iterator

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

METADATA: frozenset[Address] = frozenset(
    ipaddress.ip_address(text)
    for text in ("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254")
)
"""Cloud metadata services outside the link-local range: Alibaba, Azure, Oracle, Amazon and Google over IPv6."""
NAT64 = ipaddress.ip_network("64:ff9b::/96")
COMPATIBLE = ipaddress.ip_network("::/96")
NUMERIC_HOST = re.compile(r"(0x[0-9a-f]*|[0-9]+)(\.(0x[0-9a-f]*|[0-9]+))*\.?", re.IGNORECASE)


def literal(host: str) -> Address | None:
    """Read a host that is an address rather than a name.

    Raises:
        ValueError: it is a number in decimal, hexadecimal, octal or short form, which systems read in different ways.

    >>> literal("127.0.0.1"), literal("api.openai.com")
    (IPv4Address('127.0.0.1'), None)
    """
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        if ":" in host or NUMERIC_HOST.fullmatch(host):
            raise
        return None


def forbidden(address: Address) -> bool:
    """Whether no model can live there: link-local, metadata, multicast, and IPv6 forms that carry such an address.

    >>> forbidden(ipaddress.ip_address("::ffff:169.254.169.254")), forbidden(ipaddress.ip_address("10.0.0.5"))
    (True, False)
    """
    return any(one.is_link_local or one.is_multicast or one in METADATA for one in _all_forms(address))


def resolved(host: str, port: int) -> list[Address]:
    """Every address that a name stands for now; empty where it cannot be found."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [ipaddress.ip_address(str(entry[4][0])) for entry in found]


def _all_forms(address: Address) -> Iterator[Address]:
    """The address and the IPv4 address inside it, if any."""
    yield address
    if isinstance(address, ipaddress.IPv4Address):
        return
    inside = address.ipv4_mapped or address.sixtofour
    if inside is None and (address in NAT64 or address in COMPATIBLE):
        inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if inside is not None:
        yield inside
