"""Samples that stand in a benchmark: a look for files of the reader's, the evidence, and a bound on it."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from curation import runs
from curation.recipe import Recipe
from curation.runs import Job
from curation.signals.texts import conversation
from curation.stages.benchmarks import LONG, SHORT, around
from curation.stages.contamination import KIND, Look, contamination_job, last_look
from curation.stages.drafting import with_bounds
from curation.stages.uploads import Upload
from curation.store import Workspace
from curation.store.benchmarks import MEASURES, Hit, Measure, count_hits, list_hits
from curation.store.samples import count_samples, read_samples
from pages._parts.cells import visible_rows
from pages._parts.filters_draft import change
from pages._parts.filters_samples import show_sample
from pages._parts.held import hold
from pages._parts.plain import plain
from pages._parts.progress import start
from pages._parts.titles import count_of
from pages._parts.word_diff import show_diff

TITLES: dict[Measure, str] = {"words": "Words in a row", "cosine": "By meaning"}
STEPS: dict[Measure, float] = {"words": 1.0, "cosine": 0.01}
MOST = 100
"""Hits that are listed."""


def show_benchmarks(workspace: Workspace, recipe: Recipe) -> None:
    """What was found last, and a look for other files."""
    look = last_look(workspace)
    if look:
        _show_look(workspace, look, recipe)
    else:
        st.caption(
            "What a model was trained on cannot test it. Give the files of the benchmarks that you will test with, in "
            f"any layout or as one item a line; every sample is compared with them: {LONG} words in a row, a short "
            f"text of {SHORT} or more words whole, and the nearest item by meaning."
        )
    with st.container(border=True):
        _choose(workspace)


def _choose(workspace: Workspace) -> None:
    given = st.file_uploader(
        "Benchmark files: JSON, JSON lines, CSV, Parquet, Excel, or text with one item a line",
        accept_multiple_files=True,
        key="filters.benchmarks.files",
    )
    typed, meaning, button = st.columns([4, 2, 1], vertical_alignment="bottom")
    path = typed.text_input(
        "Or the path of a file on this computer", key="filters.benchmarks.path", placeholder="/data/mmlu.jsonl"
    ).strip()
    by_meaning = meaning.toggle(
        "Compare meanings too",
        value=True,
        key="filters.benchmarks.meaning",
        help="Embeds every benchmark item and every prompt that has no vector yet, which takes a while the first time.",
    )
    busy = bool(runs.running(workspace, KIND))
    off = busy or not (given or path)
    if button.button("Look", key="filters.benchmarks.look", type="primary", disabled=off, width="stretch"):
        uploads = [Upload(file.name, file.getbuffer()) for file in given]
        paths = [*(str(upload.path) for upload in uploads), *([str(Path(path).expanduser())] if path else [])]
        start(workspace, _with(uploads, contamination_job(workspace, paths, meaning=by_meaning)))
        st.rerun()


def _with(uploads: Sequence[Upload], job: Job) -> Job:
    """The job, which takes its private files away when it is done."""
    for upload in uploads:
        job = upload.job(job)
    return job


def _show_look(workspace: Workspace, look: Look, recipe: Recipe) -> None:
    since = count_samples(workspace) - look.samples
    more = f" {count_of(since, 'sample has', 'samples have')} come since: look again." if since else ""
    st.caption(plain(str(look)) + more)
    measures = [one for one in MEASURES if one == "words" or look.model]
    picked, bound = st.columns([2, 1], vertical_alignment="bottom")
    chosen = picked.segmented_control(
        "Shared with a benchmark", measures, default="words", format_func=lambda one: TITLES[one], required=True,
        key="filters.benchmarks.measure",
    )  # fmt: skip
    measure: Measure = chosen
    signal = f"benchmark_{measure}"
    rule = recipe.rule(signal)
    key = f"filters.benchmarks.most.{measure}"
    hold(key, rule.most if rule else None)

    def bind() -> None:
        change(lambda old: with_bounds(old, signal, rule.least if rule else None, st.session_state[key]))

    bound.number_input(
        "Rule: keep what shares at most",
        min_value=0.0,
        step=STEPS[measure],
        format="%g",
        key=key,
        on_change=bind,
        placeholder="no rule",
        help="Becomes a rule of the draft above, with what it removes. Empty: no rule. For none at all in common, 0.",
    )
    _show_hits(workspace, measure, rule.most if rule else None)


def _show_hits(workspace: Workspace, measure: Measure, most: float | None) -> None:
    """The nearest ones, of which a click shows the evidence."""
    hits = list_hits(workspace, measure, 0.0, MOST)
    if not hits:
        st.success("No sample shares words in a row with these benchmarks.", icon=":material/check:")
        return
    counts = count_hits(workspace, measure, 0.0)
    by = ", ".join(f"{plain(name)} {count:,}" for name, count in counts.items())
    what = "share words in a row" if measure == "words" else "are nearest to an item of each"
    first = f"; the {MOST} nearest are listed" if sum(counts.values()) > MOST else ""
    st.caption(f"How many samples {what}: {by}{first}. Click a row to compare both sides.")
    samples = read_samples(workspace, [hit.sample for hit in hits])
    rows = [
        _row(hit, sample.instruction, is_out=most is not None and hit.value > most)
        for hit, sample in zip(hits, samples, strict=True)
    ]
    event = st.dataframe(
        visible_rows(rows), key=f"filters.benchmarks.{measure}", hide_index=True, width="stretch", height=300,
        on_select="rerun", selection_mode="single-row",
        column_config={"by meaning": st.column_config.NumberColumn(format="%.3f")},
    )  # fmt: skip
    picked = event["selection"]["rows"]
    if picked and picked[0] < len(hits):
        _show_evidence(workspace, hits[picked[0]])


def _row(hit: Hit, instruction: str, *, is_out: bool) -> dict[str, object]:
    return {
        "no.": hit.sample,
        "by the draft": "removed" if is_out else "",
        TITLES[hit.measure].lower(): hit.value,
        "instruction": instruction,
        "benchmark": hit.benchmark,
        "place": hit.place,
        "item": hit.text,
    }


def _show_evidence(workspace: Workspace, hit: Hit) -> None:
    sample = read_samples(workspace, [hit.sample])[0]
    left, right = st.columns(2)
    left.caption(f"Sample {hit.sample}, where it is nearest")
    right.caption(f"{plain(hit.benchmark)}, {plain(hit.place)}")
    mine = around(conversation(sample), hit.shared) if hit.shared else sample.prompt
    show_diff(mine, around(hit.text, hit.shared))
    if hit.shared:
        st.caption(f"{hit.value:g} words in a row, the same on both sides, without case and punctuation:")
        st.code(hit.shared, language=None, wrap_lines=True)
    show_sample(workspace, hit.sample)
