"""Search by words, pattern and meaning, and sorting: against what Python finds in the same texts (T14, T22)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curation.errors import BadInput, NotReady
from curation.facets import Facets
from curation.sample import Collected, Origin, Sample
from curation.store import Workspace, open_workspace
from curation.store.browse import count, numbers_of
from curation.store.listing import Order, page
from curation.store.patterns import try_pattern
from curation.store.samples import add_samples
from curation.store.signals import write_signals

HOSTILE = ("' OR 1=1;--", "\"; COPY samples TO 'x'", "$text", "%_", "a'b\"c", "\\", "\x00", "aaaa!", "Ünï", "🎉 (a+)+$")
SAMPLES = [Sample(f"Task {n}: {text}", output=text * 3) for n, text in enumerate(HOSTILE)]


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    opened = open_workspace(tmp_path_factory.mktemp("search") / "w.duckdb")
    add_samples(opened, "run", [Collected(sample, Origin("test", "here", str(n))) for n, sample in enumerate(SAMPLES)])
    write_signals(opened, 0, {"words": [3.0, 1.0, float("nan"), 3.0, 2.0, 9.0, 8.0, 7.0, 6.0, 5.0]})
    write_signals(opened, 0, {"verb": ["b", "a", "", "c", "b", "d", "e", "f", "g", "h"]})
    yield opened
    opened.close()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=8) | st.sampled_from(HOSTILE))
def test_what_is_typed_is_text_and_never_a_query(ws: Workspace, typed: str) -> None:
    """T14: the search finds what Python finds, whatever is typed."""
    typed = typed.encode("utf-8", "replace").decode()
    wanted = [
        n for n, one in enumerate(SAMPLES) if typed.lower() in one.instruction.lower() + "\n" + one.output.lower()
    ]
    if typed.lower() == typed.casefold() and "\n" not in typed:
        assert numbers_of(ws, Facets(text=typed)).tolist() == wanted


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=8) | st.sampled_from(HOSTILE))
def test_any_text_is_a_pattern_or_is_refused_in_a_sentence(ws: Workspace, typed: str) -> None:
    pattern = typed.encode("utf-8", "replace").decode()
    try:
        found = count(ws, Facets(pattern=pattern))
    except BadInput:
        with pytest.raises(BadInput, match="no regular expression"):
            try_pattern(ws, pattern)
    else:
        assert try_pattern(ws, pattern) == found


@pytest.mark.parametrize("pattern", [r"Task [2-4]:", r"(?i)task \d: ü", r"(a+)+$", r"^Task 7", r"!a"])
def test_a_pattern_finds_what_python_finds(ws: Workspace, pattern: str) -> None:
    there = re.compile(pattern)
    wanted = [n for n, one in enumerate(SAMPLES) if there.search(one.instruction) or there.search(one.output)]
    assert numbers_of(ws, Facets(pattern=pattern)).tolist() == wanted
    assert try_pattern(ws, pattern) == len(wanted)


def test_a_pattern_that_takes_too_long_is_cancelled(tmp_path: Path) -> None:
    """T22: the clock ends the query, and the workspace answers afterwards as before."""
    slow = open_workspace(tmp_path / "slow.duckdb")
    made = [Sample(f"Task {n}", output="ab" * 5_000) for n in range(600)]
    add_samples(slow, "run", [Collected(one, Origin("test", "here", str(n))) for n, one in enumerate(made)])
    with pytest.raises(BadInput, match=r"takes longer than 0\.01 seconds"):
        try_pattern(slow, r"((a?b?){200}){4}c$", 0.01)
    assert count(slow, Facets()) == 600
    slow.close()


def test_the_nearest_in_meaning_come_in_their_order(ws: Workspace) -> None:
    found = Facets(meaning="colours", meant=(7, 2, 5))
    assert numbers_of(ws, found).tolist() == [2, 5, 7]
    assert [line.number for line in page(ws, found, order=Order("meaning"))] == [7, 2, 5]
    assert count(ws, Facets(meant=())) == 0
    with pytest.raises(NotReady, match="meaning"):
        count(ws, Facets(meaning="colours"))


@pytest.mark.parametrize(
    ("order", "numbers"),
    [
        (Order(), [0, 1, 2, 3, 4]),
        (Order(falling=True), [9, 8, 7, 6, 5]),
        (Order("words"), [1, 4, 0, 3, 9]),
        (Order("words", falling=True), [5, 6, 7, 8, 9]),
        (Order("verb"), [1, 0, 4, 3, 5]),
        (Order("verb", falling=True), [9, 8, 7, 6, 5]),
        (Order("'; DROP TABLE samples"), [0, 1, 2, 3, 4]),
    ],
)
def test_a_table_is_sorted_by_anything_measured(ws: Workspace, order: Order, numbers: list[int]) -> None:
    assert [line.number for line in page(ws, Facets(), 5, order=order)] == numbers


def test_every_row_is_on_exactly_one_page_and_those_without_a_value_come_last(ws: Workspace) -> None:
    for falling in (False, True):
        order = Order("words", falling)
        lines = [line for skip in range(0, 10, 3) for line in page(ws, Facets(), 3, skip, order)]
        assert sorted(line.number for line in lines) == list(range(10))
        assert (lines[-1].number, lines[-1].sorted_by) == (2, None)


def test_an_address_keeps_what_is_looked_for_and_an_old_one_is_read() -> None:
    wanted = Facets(pattern="a|b", meaning="poems", meant=(1, 2))
    assert Facets.from_query(wanted.to_query()) == Facets(pattern="a|b", meaning="poems")
    assert Facets.from_query('{"text":"x","tags":["t"]}') == Facets(text="x", tags=("t",))
