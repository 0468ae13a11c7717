"""docs/command_line.md has a section for every command, with all its options and no other."""

import re
from pathlib import Path

import pytest
import typer

from curation.cli import COMMANDS, cli

DOC = (Path(__file__).parents[1] / "docs" / "command_line.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## `sift ([\w-]+)`\n(.*?)(?=^## |\Z)", DOC, re.MULTILINE | re.DOTALL))
COMMON = {"--workspace", "-w", "--json", "--help"}


def options(name):
    """The options of one command by all their names, those of every command left aside."""
    command = typer.main.get_command(cli).commands[name]
    found = [[*one.opts, *one.secondary_opts] for one in command.params if one.param_type_name == "option"]
    return [", ".join(f"`{word}`" for word in words) for words in found if not COMMON & set(words)]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_section_with_its_options(name):
    assert name in SECTIONS, f'docs/command_line.md has no section "## `sift {name}`"'
    rows = re.findall(r"^\| (`-.+?) \| .+ \|$", SECTIONS[name], re.MULTILINE)
    assert sorted(rows) == sorted(options(name)), f"the options of sift {name} in docs/command_line.md"
    assert f"`sift {name}" in SECTIONS[name], "an example"


def test_the_sections_stand_in_the_order_of_the_help():
    assert list(SECTIONS) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_has_an_example_that_names_it(name):
    said = COMMANDS[name].__doc__ or ""
    assert f"Example: sift {name} " in said
    assert re.search(r"\b(Reads|It runs)\b", said)
