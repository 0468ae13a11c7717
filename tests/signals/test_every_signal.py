"""What holds for every signal in the registry, whatever the samples are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.sample import Message, Sample
from curation.signals import SIGNALS

anything = st.text(st.characters(), max_size=80)  # half surrogates too
samples = st.lists(
    st.builds(
        Sample,
        anything,
        anything,
        anything,
        anything,
        st.lists(st.builds(Message, st.just("user"), anything), max_size=2).map(tuple),
        anything,
    ),
    max_size=4,
)
PLAIN = Sample("List three uses of salt in a kitchen.", output="1. Bread\n2. Soup\n3. Pickles that keep all winter")


@pytest.mark.parametrize("name", SIGNALS)
@given(samples)
@settings(deadline=None, max_examples=40)
def test_any_text_gives_one_value_a_sample_of_the_right_kind(name, pool):
    signal = SIGNALS[name]()
    values = signal(pool)
    assert len(values) == len(pool)
    kind = float if signal.kind == "number" else str
    assert all(type(value) is kind for value in values)
    if signal.kind == "number":
        least = -100 if name == "reading_ease" else 0
        assert all(np.isnan(value) or (value >= least and np.isfinite(value)) for value in values)


@pytest.mark.parametrize("name", SIGNALS)
def test_a_value_depends_on_its_sample_alone(name):
    signal = SIGNALS[name]()
    pool = [PLAIN, Sample("Say nothing."), Sample("Nenne drei Farben, bitte.", output="Rot, Grün und Blau.")]
    one_by_one = [signal([sample])[0] for sample in pool]
    assert [repr(value) for value in signal(pool)] == [repr(value) for value in one_by_one]
    assert [repr(value) for value in signal(pool[::-1])] == [repr(value) for value in one_by_one[::-1]]


@pytest.mark.parametrize("name", SIGNALS)
def test_a_signal_says_what_it_is(name):
    signal = SIGNALS[name]
    assert signal.label()
    assert ">>>" in (signal.__doc__ or "")
    assert signal.tier in (1, 2, 3)
    assert signal.version >= 1
    assert all(field.description for field in signal.model_fields.values())


@pytest.mark.parametrize("name", SIGNALS)
@pytest.mark.parametrize(
    "text", ["a" * 200_000, "- " * 50_000, "1 " * 50_000, "1." * 50_000, "a@" * 50_000, "( " * 50_000]
)
def test_a_hostile_text_is_measured_in_time(name, text):
    SIGNALS[name]()([Sample(text, output=text)])
