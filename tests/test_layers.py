"""What keeps the layers honest besides import-linter: light imports, listed pages, no raw HTML."""

import re
import subprocess
import sys
import tomllib

import pytest

from app import PAGES
from tests.dashboard import ROOT

HEAVY = ["torch", "sentence_transformers", "transformers", "umap", "sklearn", "datasets", "lemminflect"]
WALK = """
import importlib, pkgutil, sys, curation
for module in pkgutil.walk_packages(curation.__path__, "curation."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print(*sorted(set(sys.argv[1:]) & set(sys.modules)))
"""
SOURCES = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]


def test_importing_everything_stays_light():
    """A heavy package is imported inside the method that needs it, so that the dashboard starts at once."""
    loaded = subprocess.run(
        [sys.executable, "-c", WALK, *HEAVY, "streamlit"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.split() == []


def test_every_page_is_listed_and_every_listed_page_exists():
    files = {path.stem for path in (ROOT / "pages").glob("*.py")} - {"__init__"}
    assert files == {name for group in PAGES.values() for name in group}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_page_writes_raw_html(source):
    """T2: sample text is hostile, so nothing is handed to the browser as HTML."""
    found = re.findall(r"unsafe_allow_\w+|st\.html\(|components\.v1", source.read_text(encoding="utf-8"))
    assert found == []


def test_no_secret_is_shared_between_installations():
    """T20: the cookie secret is made anew by each process, and none is in the repository."""
    settings = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert "cookieSecret" not in settings
    assert not (ROOT / ".streamlit" / "secrets.toml").exists()


def test_text_can_be_read_in_both_themes():
    """I21: a contrast of at least 4.5:1 for text and links on every ground, after WCAG 2.2."""
    themes = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    for name in ("light", "dark"):
        theme = themes[name]
        grounds = [theme[key] for key in ("backgroundColor", "secondaryBackgroundColor")]
        grounds += [themes[name]["sidebar"][key] for key in ("backgroundColor", "secondaryBackgroundColor")]
        for ground in grounds:
            assert contrast(theme["textColor"], ground) >= 4.5
            assert contrast(theme["linkColor"], ground) >= 4.5
        assert contrast("#FFFFFF", theme["primaryColor"]) >= 3.5


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """WCAG's relative luminance of #RRGGBB, 0 to 1."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_themes_have_a_colour_for_each_place_of_streamlits_chart_theme():
    """With one place empty Plotly would refuse the whole palette and draw in its own, colour-blind or not (I21)."""
    themes = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    for name in ("light", "dark"):
        colours = themes[name]["chartCategoricalColors"]
        assert len(colours) == len(set(colours)) == 10


def test_captions_can_be_read():
    """I21: Streamlit draws captions in the text colour at 60 %; that keeps a contrast of 4.5:1 on every background."""
    themes = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    for name in ("light", "dark"):
        theme = themes[name]
        grounds = [
            part[key] for part in (theme, theme["sidebar"]) for key in ("backgroundColor", "secondaryBackgroundColor")
        ]
        for ground in grounds:
            pairs = zip(_channels(theme["textColor"]), _channels(ground), strict=True)
            faded = "#" + "".join(f"{round(0.6 * text + 0.4 * behind):02X}" for text, behind in pairs)
            assert contrast(faded, ground) >= 4.5, (name, ground)


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
