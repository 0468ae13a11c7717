import ipaddress

import pytest

from curation.errors import BadInput, ModelError
from curation.model.addresses import forbidden, literal
from curation.model.endpoint import Endpoint, edited
from curation.model.keys import key_of

REFUSED = [
    "file:///etc/passwd",
    "ftp://example.com/v1",
    "gopher://example.com",
    "api.openai.com/v1",
    "",
    "http://",
    "http:///v1",
    "http://169.254.169.254/",
    "http://169.254.170.2/v1",
    "http://api.openai.com@evil/",
    "http://user:secret-word@example.com/v1",
    "http://@example.com/v1",
    "http://api.openai.com\\@evil/v1",
    "http://2130706433/",
    "http://2852039166/v1",
    "http://0xA9FEA9FE/v1",
    "http://0xa9.0xfe.0xa9.0xfe/v1",
    "http://0251.0376.0251.0376/v1",
    "http://169.254.43518/v1",
    "http://[::ffff:169.254.169.254]/v1",
    "http://[::ffff:a9fe:a9fe]/v1",
    "http://[fe80::1]/v1",
    "http://[fe80::1%25eth0]/v1",
    "http://[fd00:ec2::254]/v1",
    "http://[64:ff9b::a9fe:a9fe]/v1",
    "http://[2002:a9fe:a9fe::1]/v1",
    "http://[::a9fe:a9fe]/v1",
    "http://100.100.100.200/v1",
    "http://１６９.254.169.254/v1",
    "http://169。254。169。254/v1",
    "http://224.0.0.1/v1",
    "http://example.com:99999/v1",
    "http://example.com:0/v1",
    "http://exa mple.com/v1",
    "http://example.com\r\nHost: evil/v1",
    "http://[::1/v1",
    "https://example.com/v1?key=secret-word",
    "https://example.com/v1#x",
    "https://example.com/v1/chat/completions",
]
TAKEN = [
    "https://api.openai.com/v1",
    "HTTPS://API.OpenAI.com/v1/",
    "http://localhost:11434/v1",
    "http://127.0.0.1:8000/v1",
    "http://[::1]:8000/v1",
    "http://0.0.0.0:8000/v1",
    "http://192.168.1.20:8000/v1",
    "http://10.0.0.5",
    "http://gpu-node_3.lab:8000/v1",
]


@pytest.mark.parametrize("url", REFUSED)
def test_t4_address_is_refused(url):
    with pytest.raises(BadInput) as caught:
        Endpoint("Mine", url, "tiny")
    assert "secret-word" not in str(caught.value)


@pytest.mark.parametrize("url", TAKEN)
def test_t4_address_is_taken(url):
    assert Endpoint("Mine", url, "tiny").origin.startswith(("http://", "https://"))


@pytest.mark.parametrize("text", ["169.254.0.1", "::ffff:169.254.169.254", "fe80::1", "fd00:ec2::254", "ff02::1"])
def test_forbidden_addresses(text):
    assert forbidden(ipaddress.ip_address(text))


def test_a_name_is_no_literal():
    assert literal("deadbeef.example") is None
    assert literal("1and1.com") is None


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("https://a.example/v1", "https://a.example/v2", True),
        ("https://a.example/v1", "https://A.example:443/v1", True),
        ("https://a.example/v1", "http://a.example/v1", False),
        ("https://a.example/v1", "https://a.example:8443/v1", False),
        ("https://a.example/v1", "https://a.example.evil/v1", False),
        ("http://127.0.0.1:1/v1", "http://127.0.0.1:2/v1", False),
    ],
)
def test_t6_key_stays_with_its_origin(before, after, kept):
    changed = edited(Endpoint("Mine", before, "tiny", "MY_KEY"), after)
    assert changed.key_env == ("MY_KEY" if kept else "")
    assert changed.base_url == after


@pytest.mark.parametrize("pasted", ["sk-proj-abc", "sk_live_1234", "gsk_abcdefgh", "hf_abcdef", "A B", "1KEY", "K=V"])
def test_t7_a_pasted_key_is_refused_and_not_repeated(pasted):
    with pytest.raises(BadInput) as caught:
        Endpoint("Mine", "https://a.example/v1", "tiny", pasted)
    assert pasted not in str(caught.value)


def test_key_comes_from_the_environment_only(monkeypatch):
    endpoint = Endpoint("Mine", "https://a.example/v1", "tiny", "SIFT_TEST_KEY")
    monkeypatch.setenv("SIFT_TEST_KEY", " secret-word\n")
    assert key_of(endpoint) == "secret-word"
    assert "secret-word" not in repr(endpoint)


@pytest.mark.parametrize("key", [None, "", "  ", "se cret", "secr\net", "sécret"])
def test_a_key_that_cannot_be_sent(monkeypatch, key):
    monkeypatch.delenv("SIFT_TEST_KEY", raising=False)
    if key is not None:
        monkeypatch.setenv("SIFT_TEST_KEY", key)
    with pytest.raises(ModelError, match="SIFT_TEST_KEY") as caught:
        key_of(Endpoint("Mine", "https://a.example/v1", "tiny", "SIFT_TEST_KEY"))
    assert caught.value.kind == "auth"
    assert not (key or "").strip() or key not in str(caught.value)


def test_an_endpoint_as_it_was_stored_before_limits_has_the_usual_ones():
    endpoint = Endpoint(name="Main", base_url="https://a.example/v1", model="m", key_env="K")
    assert (endpoint.parallel, endpoint.timeout, endpoint.prompt_price, endpoint.in_keyring) == (8, 60.0, None, False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"parallel": 0},
        {"parallel": 257},
        {"requests_per_minute": -1},
        {"tokens_per_minute": -1},
        {"timeout": 0.5},
        {"timeout": float("nan")},
        {"prompt_price": 1.0},
        {"completion_price": 1.0},
        {"prompt_price": -1.0, "completion_price": 1.0},
        {"prompt_price": 1.0, "completion_price": float("nan")},
        {"prompt_price": 1.0, "completion_price": float("inf")},
        {"key_env": "MY_KEY", "in_keyring": True},
    ],
)
def test_limits_and_prices_that_cannot_be(wrong):
    with pytest.raises(BadInput):
        Endpoint("Mine", "https://a.example/v1", "tiny", **wrong)
