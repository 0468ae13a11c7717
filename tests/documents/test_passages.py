"""Passages: their lengths, where they end, and which are good for nothing."""

from hypothesis import given
from hypothesis import strategies as st

from curation.documents import Block, Document, passages

BLOCKS = st.lists(
    st.builds(Block, st.text("ab. \n。é", min_size=1, max_size=400).map(lambda text: f"x{text}y"), st.booleans()),
    max_size=12,
)


def cut(*blocks, least=20, most=60):
    made = passages(Document("a", tuple(Block(one) if isinstance(one, str) else one for one in blocks)), least, most)
    return [(one.text, one.rule) for one in made]


@given(BLOCKS, st.integers(1, 60), st.integers(2, 5))
def test_nothing_is_lost_and_only_the_last_one_is_short(blocks, least, times):
    made = passages(Document("a", tuple(blocks)), least, times * least)
    assert "".join("".join(one.text.split()) for one in made) == "".join("".join(one.text.split()) for one in blocks)
    assert [one.number for one in made] == list(range(1, len(made) + 1))
    for one in made:
        assert len(one.text) <= times * least
        assert one.rule or len(one.text) >= least
        assert bool(one.rule) is bool(one.reason)


def test_a_heading_begins_a_passage_and_never_ends_one():
    made = cut("a" * 30, Block("Two", heading=True), "b" * 30, "c" * 20, Block("Three", heading=True), "d" * 30)
    assert [text[:5] for text, _ in made] == ["aaaaa", "Two\n\n", "Three"]


def test_a_long_paragraph_ends_with_a_sentence():
    made = cut("Bees make honey out of nectar. " * 4)
    assert all(text.endswith("nectar.") for text, _ in made)


def test_a_short_end_joins_what_comes_before_where_there_is_room():
    assert cut("a" * 30, Block("Last", heading=True), "b" * 5) == [("a" * 30 + "\n\nLast\n\nbbbbb", "")]
    assert [rule for _, rule in cut("a" * 59, "b" * 5)] == ["", "too short"]


def test_links_headings_and_repetition_are_good_for_nothing():
    assert cut(Block("Home, News, Contact, Imprint", linked=20))[0][1] == "mostly links"
    assert cut(Block("All the news of the day", heading=True), "None today.")[0][1] == "mostly headings"
    assert cut("Read more\nRead more\nRead more\nBees fly.")[0][1] == "repeated lines"


def test_a_text_of_five_million_characters_in_one_line_is_cut_in_a_moment():
    made = passages(Document("a", (Block("Bees fly. " * 500_000 + "x" * 200_000),)))
    assert sum(len(one.text) for one in made) > 5_100_000
    assert max(len(one.text) for one in made) <= 3000
