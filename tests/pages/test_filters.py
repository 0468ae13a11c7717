"""The Filters page: a draft that is followed live, put in force, taken back, and read from a file."""

import pytest
from streamlit.testing.v1 import AppTest

from curation import runs
from curation.facets import Facets
from curation.recipe import PRESETS, Recipe, Rule, When, write_recipe
from curation.stages.curating import apply_recipe, current_recipe
from curation.store import open_workspace
from curation.store.browse import count_states
from curation.store.decisions import undo
from curation.store.recipes import latest_recipes
from curation.store.samples import add_samples
from curation.store.signals import list_measured
from tests.dashboard import ROOT
from tests.pages.filled import COUNT, filled_workspace, rows


@pytest.fixture
def opened(tmp_path, monkeypatch):
    monkeypatch.setenv("SIFT_WORKSPACE", str(tmp_path / "w.duckdb"))
    workspace = open_workspace(tmp_path / "w.duckdb")
    yield workspace
    workspace.close()


@pytest.fixture
def filled(opened):
    opened.close()
    workspace = filled_workspace(opened.path)
    yield workspace
    workspace.close()


def shown() -> AppTest:
    page = AppTest.from_file(ROOT / "pages/filters.py", default_timeout=30).run()
    assert not page.exception
    return page


def kept(page: AppTest) -> str:
    return next(metric.value for metric in page.metric if metric.label == "Kept by all rules")


def test_samples_that_are_not_measured_are_measured_from_here(opened):
    add_samples(opened, "run", rows())
    page = shown()
    page.button(key="filters.measure").click().run()
    for run in runs.running(opened, "measure"):
        runs.wait(run, 20)
    assert list_measured(opened)["words"].samples == COUNT
    assert kept(page.run()) == f"{COUNT} of {COUNT}"


def test_a_bound_is_followed_live_then_applied_then_taken_back(filled):
    page = shown()
    assert page.button(key="filters.apply").disabled
    page.number_input(key="filters.most.words").set_value(15).run()
    assert kept(page) == "35 of 40"
    assert current_recipe(filled) == Recipe()  # nothing is in force before Apply
    page.button(key="filters.apply").click().run()
    assert not page.exception
    assert current_recipe(filled).rules == (Rule(signal="words", most=15),)
    assert count_states(filled, Facets())["dropped"] == 4  # sample 0 was accepted by a person, who outranks the rule
    page.button(key="filters.undo").click().run()
    assert current_recipe(filled) == Recipe()
    assert kept(page) == "40 of 40"


def test_undo_goes_back_step_by_step(filled):
    for most in (30, 20, 15):
        apply_recipe(filled, Recipe(rules=(Rule(signal="words", most=most),)), f"at most {most}", "me")
    page = shown()
    for most in (20, 30):
        page.button(key="filters.undo").click().run()
        assert current_recipe(filled).rules == (Rule(signal="words", most=most),)
    page.button(key="filters.undo").click().run()
    assert current_recipe(filled) == Recipe()
    assert page.button(key="filters.undo").disabled


def test_an_earlier_recipe_can_be_started_from(filled):
    apply_recipe(filled, Recipe(rules=(Rule(signal="words", most=15),)), "short", "me")
    apply_recipe(filled, Recipe(), "all", "me")
    page = shown()
    earlier = next(name for name in page.selectbox(key="filters.preset").options if "short" in name)
    page.selectbox(key="filters.preset").set_value(earlier).run()
    page.button(key="filters.preset.load").click().run()
    assert kept(page) == "35 of 40"


def test_undo_puts_the_recipe_before_in_force(filled):
    first = Recipe(rules=(Rule(signal="words", least=1),))
    apply_recipe(filled, first, "first", "me")
    apply_recipe(filled, PRESETS["permissive"], "second", "me")
    shown().button(key="filters.undo").click().run()
    assert current_recipe(filled) == first
    assert latest_recipes(filled)[0].name == "first"


@pytest.mark.usefixtures("filled")
def test_bounds_that_cross_leave_the_draft_and_say_why():
    page = shown()
    page.number_input(key="filters.most.words").set_value(15).run()
    page.number_input(key="filters.least.words").set_value(99).run()
    assert "swap" in page.error[0].value
    assert page.number_input(key="filters.least.words").value is None
    assert kept(page) == "35 of 40"


@pytest.mark.usefixtures("filled")
def test_a_bound_is_suggested_only_when_asked_for():
    page = shown()
    assert page.number_input(key="filters.most.words").value is None
    page.selectbox(key="filters.signal").set_value("characters").run()
    button = page.button(key="filters.suggest.most.10%")
    button.click().run()
    bound = page.number_input(key="filters.most.characters").value
    assert button.label == f"10%: ≤ {bound:g}"
    assert button.help == "Removes 3 samples"
    assert kept(page) == "37 of 40"


@pytest.mark.usefixtures("filled")
def test_the_slider_sets_both_bounds_and_is_open_at_its_ends():
    page = shown()
    slider = page.slider(key="filters.slider.words")
    low, high = slider.value
    slider.set_value((low, 15.0)).run()
    assert page.number_input(key="filters.most.words").value == 15
    assert page.number_input(key="filters.least.words").value is None
    assert kept(page) == "35 of 40"
    page.number_input(key="filters.most.words").set_value(99).run()
    assert page.slider(key="filters.slider.words").value == (low, high)
    page.slider(key="filters.slider.words").set_value((low + 1, high)).run()
    assert page.number_input(key="filters.most.words").value == 99  # the handle that stayed leaves its bound alone
    page.number_input(key="filters.most.words").set_value(15).run()
    page.slider(key="filters.slider.words").set_value((low, high)).run()
    assert kept(page) == "40 of 40"


@pytest.mark.usefixtures("filled")
def test_labels_to_keep():
    page = shown()
    page.selectbox(key="filters.signal").set_value("verb").run()
    page.multiselect(key="filters.labels.verb").set_value(["write"]).run()
    assert not page.exception
    assert kept(page) == "10 of 40"


def test_a_preset_that_drops_near_duplicates_says_so_and_can_do_without(filled):
    page = shown()
    page.selectbox(key="filters.preset").set_value("strict").run()
    page.button(key="filters.preset.load").click().run()
    page.button(key="filters.duplicates.off").click().run()
    page.button(key="filters.apply").click().run()
    assert not page.exception
    assert current_recipe(filled) == Recipe(rules=PRESETS["strict"].rules)
    assert latest_recipes(filled)[0].name == "strict"


def test_a_recipe_from_a_file_becomes_the_draft(filled):
    page = shown()
    text = write_recipe(Recipe(rules=(Rule(signal="words", most=15),)))
    page.file_uploader(key="filters.upload").set_value(("mine.toml", text.encode(), "application/toml")).run()
    assert not page.exception
    assert kept(page) == "35 of 40"
    assert current_recipe(filled) == Recipe()


@pytest.mark.usefixtures("filled")
def test_a_file_that_is_no_recipe_is_refused_and_its_text_is_not_read_as_markdown():
    """T1: a key of the file is shown in the message, with its marks at face value."""
    page = shown()
    bad = b'["![x](http://a.example)"]\nleast = 3'
    page.file_uploader(key="filters.upload").set_value(("mine.toml", bad, "application/toml")).run()
    assert "![x](" not in page.error[0].value
    assert kept(page) == "40 of 40"


@pytest.mark.usefixtures("filled")
def test_a_rule_on_what_is_not_measured_blocks_apply_until_it_is_removed():
    page = shown()
    bad = write_recipe(Recipe(rules=(Rule(signal="nobody", most=1), Rule(signal="words", most=15)))).encode()
    page.file_uploader(key="filters.upload").set_value(("mine.toml", bad, "application/toml")).run()
    assert page.button(key="filters.apply").disabled
    page.button(key="filters.odd").click().run()
    assert not page.button(key="filters.apply").disabled
    assert kept(page) == "35 of 40"


def test_what_another_page_applies_is_taken_over(filled):
    page = shown()
    apply_recipe(filled, Recipe(rules=(Rule(signal="words", most=15),)), "elsewhere", "me")
    assert kept(page.run()) == "35 of 40"


@pytest.mark.usefixtures("filled")
def test_what_is_chosen_is_listed():
    page = AppTest.from_file(ROOT / "pages/filters.py", default_timeout=30)
    page.session_state["facets"] = Facets(ranges=(("words", 16.0, 30.0),)).to_query()
    page.run()
    assert page.subheader[0].value == "5 samples match what is chosen"


def looking_at(view: str, *rules: Rule) -> AppTest:
    """The page with these rules in the draft and one of its views open."""
    page = shown()
    text = write_recipe(Recipe(rules=rules)).encode()
    page.file_uploader(key="filters.upload").set_value(("mine.toml", text, "application/toml")).run()
    page.segmented_control(key="filters.view").set_value(view).run()
    assert not page.exception
    return page


LONG = Rule(signal="words", most=15)
WRITING = Rule(signal="verb", words=("explain", "list", "translate"))


def test_a_rule_is_made_one_about_some_samples_and_one_about_all_again(filled):
    page = shown()
    page.number_input(key="filters.most.words").set_value(15).run()
    page.selectbox(key="filters.when.words").set_value("origin").run()
    assert kept(page) == "35 of 40"
    page.multiselect(key="filters.when.words.words").set_value(["pool.jsonl"]).run()
    assert kept(page) == "40 of 40"  # only even samples are long, and those come from seeds.jsonl
    page.button(key="filters.apply").click().run()
    assert not page.exception
    assert current_recipe(filled).rules[0].when == When(signal="origin", words=("pool.jsonl",))
    assert count_states(filled, Facets())["dropped"] == 0
    page.button(key="filters.preset.load").click().run()  # which has no such rule
    page.number_input(key="filters.most.words").set_value(15).run()
    assert page.selectbox(key="filters.when.words").value == ""
    page.button(key="filters.reset").click().run()
    page.selectbox(key="filters.when.words").set_value("verb").run()
    assert page.multiselect(key="filters.when.words.words").value == []
    assert kept(page) == "35 of 40"
    page.button(key="filters.reset").click().run()
    page.multiselect(key="filters.when.words.words").set_value([]).run()
    assert page.selectbox(key="filters.when.words").value == ""
    assert kept(page) == "35 of 40"


@pytest.mark.usefixtures("filled")
def test_a_group_that_rules_empty_is_named_and_a_rule_can_be_looked_at_alone():
    page = looking_at("Removed by group", LONG, WRITING)
    page.selectbox(key="filters.groups.by").set_value("verb").run()
    assert "write (10 of 10)" in page.warning[0].value
    page.selectbox(key="filters.groups.rule").set_value("words").run()
    assert not page.exception
    assert not page.warning


@pytest.mark.usefixtures("filled")
def test_samples_that_two_rules_remove_are_listed():
    page = looking_at("Overlap of rules", LONG, WRITING)
    page.session_state["filters.overlap.pair"] = ("verb", "words")
    page.run()
    assert not page.exception
    assert any("5 samples: removed by both" in caption.value for caption in page.caption)


@pytest.mark.usefixtures("filled")
def test_overlap_needs_two_rules():
    assert any("two rules" in caption.value for caption in looking_at("Overlap of rules", LONG).caption)


@pytest.mark.usefixtures("filled")
def test_good_ones_lost_say_on_how_many_decisions_they_rest():
    page = looking_at("Good ones lost", LONG, WRITING)
    lost = next(metric for metric in page.metric if metric.label == "Estimated good ones lost")
    assert lost.value == "50% of 10"  # of 0 and 4, which both write, 0 was accepted and 4 rejected
    assert any("rests on 2 decisions" in caption.value for caption in page.caption)


def test_without_decisions_nothing_is_estimated(filled, monkeypatch):
    monkeypatch.setattr("streamlit.page_link", lambda *_, **__: None)  # a page that runs alone has no others
    later = Rule(signal="words", most=15, when=When(signal="cluster", words=("rivers, bread",)))  # odd ones are short
    page = looking_at("Good ones lost", later)
    assert any("removes nothing" in caption.value for caption in page.caption)
    for _ in range(3):
        undo(filled, "me")
    page = looking_at("Good ones lost", LONG)
    assert any("Nobody has accepted" in info.value for info in page.info)


@pytest.mark.usefixtures("filled")
def test_two_recipes_are_compared_and_their_samples_read():
    page = looking_at("Compare recipes", LONG)
    numbers = {metric.label: metric.value for metric in page.metric}
    assert [numbers[side] for side in ("Both keep", "Only A keeps", "Only B keeps", "Neither keeps")] == [
        "35", "0", "5", "0",
    ]  # fmt: skip
    page.segmented_control(key="filters.compare.side").set_value("Only B keeps").run()
    assert not page.exception
    assert any("5 samples: “Only B keeps”" in caption.value for caption in page.caption)
    page.selectbox(key="filters.compare.b").set_value("Preset: strict").run()
    assert not page.exception
