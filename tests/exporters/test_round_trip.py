"""import(export(x)) = x for the formats that can carry it, whatever the texts hold."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.exporters import FORMATS, Csv, write_rows
from curation.importers import collect, recognise
from curation.sample import Collected, Message, Sample
from tests.exporters.test_formats import SAMPLES, TEXT

HOSTILE = '\x1b]0;x\x07 \x00 \u202e \u200b \u2028 \x85 \r\n 💥 "quoted" ünï'
JOINED = {"openai_chat", "sharegpt", "trl_prompt_completion", "trl_language_modelling"}
"""Formats that write instruction and input as one text and have no place for a rejected answer."""
PAIRED = {"trl_preference", "openai_preference"}
"""Those that write them as one text and have that place."""
LABELLED = {"trl_kto", "llama_factory_kto"}
"""The same, with a sample of two answers taken apart."""
CARRIED = {
    **dict.fromkeys(JOINED, lambda sample: not (sample.input or sample.rejected)),
    **dict.fromkeys(PAIRED, lambda sample: not sample.input),
    **dict.fromkeys(LABELLED, lambda sample: not (sample.input or (sample.output and sample.rejected))),
    "alpaca": lambda sample: not sample.rejected and not (sample.input and sample.followups),
    "llama_factory_preference": lambda _: True,
    "parquet": lambda _: True,
}
"""Format → whether it says all that a sample which it accepts holds. Not here: prompts alone, and the view."""
NONE, SYSTEM = st.just(""), st.just("") | TEXT
ANSWERED = st.builds(Sample, TEXT, SYSTEM, TEXT, SYSTEM, st.just(()), SYSTEM)
PAIRS = st.builds(Sample, TEXT, NONE, TEXT, SYSTEM, st.just(()), TEXT)
ALONE = st.builds(Sample, TEXT, NONE, NONE, SYSTEM, st.just(()), TEXT)
TALKS = st.builds(
    lambda texts, system: Sample(
        texts[0],
        output=texts[1],
        system=system,
        followups=tuple(Message("assistant" if n % 2 else "user", text) for n, text in enumerate(texts[2:])),
    ),
    st.lists(TEXT, min_size=4, max_size=6),
    TEXT,
)


def carried(form, sample):
    return form.accepts(sample) and CARRIED[form.name](sample)


def test_every_format_that_trains_on_answers_is_here():
    assert set(CARRIED) == set(FORMATS) - {"trl_prompt_only", Csv.name}


@pytest.mark.parametrize("name", CARRIED)
@settings(deadline=None)
@given(SAMPLES | ANSWERED | PAIRS | ALONE | TALKS)
def test_a_row_is_read_as_the_sample_that_it_was(name, sample):
    form = FORMATS[name]()
    if sample.instruction.strip() and carried(form, sample):
        (row,) = json.loads(json.dumps(form.rows(sample)))
        assert list(recognise([row])(row)) == [sample]


@pytest.mark.parametrize("name", CARRIED)
def test_a_file_is_read_as_the_samples_that_it_was(name, tmp_path):
    """T21."""
    form = FORMATS[name]()
    talk = (Message("user", f"Bye {HOSTILE}"), Message("assistant", HOSTILE))
    samples = [
        Sample(f"Q {HOSTILE}", output=HOSTILE),
        Sample("Add.", "1, 2", "3"),
        Sample("Hi", output="Hello", system=HOSTILE, followups=talk),
        Sample("Best?", output="Blue", system="Be kind.", rejected=f"No {HOSTILE}"),
        Sample("Worst?", rejected=HOSTILE),
    ]
    samples = [sample for sample in samples if carried(form, sample)]
    path = tmp_path / f"f.{form.suffix}"
    rows = [row for sample in samples for row in form.rows(sample)]
    write_rows(path, form.container, form.columns(), rows)
    found = list(collect(str(path), recognise(rows), source="f"))
    assert all(isinstance(one, Collected) for one in found)
    assert [one.sample for one in found] == samples
    assert samples
