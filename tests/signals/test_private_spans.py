"""Where personal data and keys are, and what a page shows in their place."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.sample import Sample
from curation.signals import SIGNALS
from curation.signals.private_spans import masked, spans

PIECES = [
    ("ada@lovelace.org", "e-mail"),
    ("DE89370400440532013000", "IBAN"),
    ("4111 1111 1111 1111", "card"),
    ("378282246310005", "card"),
    ("8.8.8.8", "IP address"),
    ("2001:4860:4860::8888", "IP address"),
    ("+49 30 901820", "phone"),
    ("(212) 736-5000", "phone"),
    ("AKIAIOSFODNN7EXAMPLE", "key"),
    ("ghp_" + "a1B2" * 9, "key"),
    ("sk-proj-" + "Ab3_" * 8, "key"),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmN", "key"),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIEabc+/=\n-----END RSA PRIVATE KEY-----", "key"),
]


@pytest.mark.parametrize(("piece", "kind"), PIECES)
def test_a_span_is_exactly_the_piece(piece, kind):
    text = f"Look: {piece} is it, and {piece} again"
    first = len("Look: ")
    assert spans(text)[0] == (first, first + len(piece), kind)
    assert len(spans(text)) == 2
    assert masked(text) == f"Look: [{kind}] is it, and [{kind}] again"
    assert SIGNALS["personal_kinds"]()([Sample("a", output=text)]) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "+49 1", "+999 12345678", "(200) 100-0000", "10:30:45", "a::b", "::1", "fe80::1", "192.0.2.7", "1.2.3.4.5",
        "9111 1111 1111 1111", "1 2 3 4 5 6 7 8 9 10 12 14 16", "someone@example.org", "sk-short", "std::vector",
        "00:1A:2B:3C",
    ],
)  # fmt: skip
def test_what_only_looks_alike_is_left(text):
    assert spans(text) == []
    assert masked(text) == text


@given(st.lists(st.one_of(st.sampled_from([piece for piece, _ in PIECES]), st.text(max_size=20)), max_size=6))
def test_spans_are_in_order_apart_and_masking_keeps_the_rest(pieces):
    text = "  ".join(pieces)
    found = spans(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    rest, place = [], 0
    for start, end, kind in found:
        rest += [text[place:start], f"[{kind}]"]
        place = end
    assert masked(text) == "".join([*rest, text[place:]])
