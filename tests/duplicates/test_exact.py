"""Equal texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.duplicates import folded

SAME = [
    ("Name a noun.", "  name a\tNOUN"),
    ("What’s this?", "What's this"),
    ("Ｆｕｌｌ width", "full width"),
    ("Say “hi”!", 'say "hi"'),
    ("zero\u200bwidth", "zerowidth"),
    ("STRASSE", "straße"),
]
DIFFERENT = [
    ("5 - 3", "5 + 3"),
    ("3.5", "35"),
    ("Explain C", "Explain C++"),
    ("Explain C", "Explain C#"),
    ("x is -5", "x is 5"),
    ("f(x)", "fx"),
    ("?", "!"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_case_spaces_and_sentence_marks_do_not_matter(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_changes_the_meaning_matters(one, other):
    assert folded(one) != folded(other)


@given(st.text())
def test_any_text_folds_without_case_or_outer_space(text):
    assert folded(f"  {text} \n") == folded(text)
    assert folded(text) == folded(text).strip()
