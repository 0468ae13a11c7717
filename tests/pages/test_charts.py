"""Every chart of every page: it has a title, a text in its place, named axes and calm colours, and can be saved.

What the code of all pages says is read; what charts of the sample project hold is looked at.
"""

import ast
import json
import re
import tomllib
from collections.abc import Iterator

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app import PAGES
from curation.embedders import MiniLM
from curation.layouts import Layout
from curation.recipe import Recipe, Rule
from curation.sample import Decision
from curation.stages.curating import apply_recipe
from curation.stages.sample_project import open_sample_project
from curation.store import open_workspace
from curation.store.decisions import add_decisions
from curation.store.maps import write_map
from curation.store.pairs import Edges, write_pairs
from curation.store.samples import count_samples
from curation.store.signals import write_labels
from curation.store.vectors import missing_texts, write_vectors
from tests.dashboard import ROOT

CHARTS = {
    "overview": {"overview.funnel", "overview.origins", "overview.days", "overview.languages", "overview.lengths"},
    "diversity": {"diversity.sunburst", "diversity.verb"},
    "diversity/Lengths and kinds": {
        f"diversity.{name}" for name in ("instruction_words", "words", "task_type", "language", "origins")
    },
    "filters": {"filters.chart.words"},
    "filters/Overlap of rules": {"filters.chart.words", "filters.overlap"},
    "duplicates": {"duplicates.curve"},
}

THEME = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["theme"]["light"]
GREYS = {"#6e6e6e", "#8a8a8a", "#55585f", "#1b1b1b", "#ffffff"}
SAFE = {colour.lower() for name, colours in THEME.items() if name.startswith("chart") for colour in colours} | GREYS
SHADES = {"#deebf7", "#08519c"}
"""One colour, light to dark."""


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory) -> Iterator[AppTest]:
    """The dashboard on the sample project, with a map and pairs drawn by lot, and one decision."""
    path = tmp_path_factory.mktemp("charts") / "w.duckdb"
    workspace = open_workspace(path)
    open_sample_project(workspace)
    count = count_samples(workspace)
    numbers, model = np.arange(count, dtype=np.int32), MiniLM().revision
    vectors = np.random.default_rng(1).normal(size=(count, 8)).astype(np.float32)
    keys = [key for key, _ in missing_texts(workspace, model, "prompt")]
    write_vectors(workspace, model, keys, vectors[: len(keys)])
    write_map(workspace, model, "prompt", Layout(), (numbers, vectors[:, :2]))
    write_labels(workspace, "cluster", {i: f"cluster {i % 20}" for i in range(count)})
    edges = Edges(numbers[:20], numbers[20:40], np.linspace(0.75, 0.99, 20, dtype=np.float32))
    write_pairs(workspace, model, "prompt", (0.7, count), edges)
    add_decisions(workspace, [0], Decision("accept", "me"))
    rules = (Rule(signal="words", least=3), Rule(signal="instruction_words", least=2))
    apply_recipe(workspace, Recipe(rules=rules), "two rules", "me")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIFT_WORKSPACE", str(path))
        yield AppTest.from_file(ROOT / "app.py", default_timeout=30).run()
    workspace.close()


@pytest.mark.parametrize("name", dict.fromkeys([*(name for group in PAGES.values() for name in group), *CHARTS]))
def test_every_chart_can_be_clicked_and_read(dashboard: AppTest, name: str) -> None:
    """I6: each has a handler for what is selected in it; I21: each has a text in its place, and titles on its axes."""
    file, _, view = name.partition("/")
    page = dashboard.switch_page(f"pages/{file}.py").run()
    if view:
        page.session_state[f"{file}.view"] = view
        page.run()
    assert not page.exception
    charts = [chart.proto for chart in page.get("plotly_chart")]
    names = [chart.id.split("-")[-1] for chart in charts]
    wanted = CHARTS.get(name, set())
    assert len(charts) == len(wanted)
    assert [each for each in wanted if not any(key.startswith(each) for key in names)] == []
    saved = [button.key for button in page.get("download_button") if str(button.key).endswith(".csv")]
    assert len(saved) == len(wanted)
    assert len([title for title in page.markdown if title.value.startswith("#### ")]) >= len(wanted)
    for chart in charts:
        assert list(chart.selection_mode), f"{chart.id} cannot be clicked"
        assert chart.alt, f"{chart.id} has no text in its place"
        assert _unnamed(json.loads(chart.spec)) == [], chart.id
        assert set(re.findall(r"#[0-9a-f]{6}\b", json.dumps(_drawn(chart.spec)).lower())) <= SAFE | SHADES, chart.id


@pytest.mark.parametrize("file", sorted(ROOT.glob("pages/**/*.py")), ids=lambda file: file.stem)
def test_no_chart_is_drawn_without_name_words_and_saving(file) -> None:
    """Each `st.plotly_chart` has a key, a text in its place, and settings that come with a title and a way to save."""
    tree = ast.parse(file.read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    drawn = [call for call in calls if getattr(call.func, "attr", "") == "plotly_chart"]
    for call in drawn:
        given = {word.arg: word.value for word in call.keywords}
        assert {"key", "alt", "config", "width"} <= set(given), f"{file.name}, line {call.lineno}"
    saved = [call for call in calls if getattr(call.func, "id", "") == "saving"]
    assert len(saved) == len(drawn)
    assert all(len(call.args) >= 3 for call in saved)


def _drawn(spec: str) -> list[dict]:
    """The marks of a figure, without the template that Streamlit's theme takes the place of."""
    return json.loads(spec)["data"]


def _unnamed(figure: dict) -> list[str]:
    """Axes that count something and do not say what; places of named bars speak for themselves."""
    if figure["data"][0]["type"] in ("sunburst", "treemap"):
        return []
    axes = [(name, figure["layout"].get(name, {})) for name in ("xaxis", "yaxis")]
    shown = [(name, axis) for name, axis in axes if axis.get("visible", True) and "ticktext" not in axis]
    return [name for name, axis in shown if not axis.get("title", {}).get("text")]
