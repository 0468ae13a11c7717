"""The dataset card of Hugging Face: a YAML header that `load_dataset` reads and a page that people read."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from curation.exporters.file_format import Column, Columns, FileFormat

SIZES = ((10**3, "n<1K"), (10**4, "1K<n<10K"), (10**5, "10K<n<100K"), (10**6, "100K<n<1M"), (10**7, "1M<n<10M"))
"""Upper bounds and the words of the Hub for them."""

CHARTS = "charts"
"""The folder of the pictures."""

UNPRINTABLE = re.compile("[\x7f-\x9f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]")
"""What YAML refuses as it is, and what would hide in a page: line separators and marks of direction."""

FEATURES: Mapping[Column, str] = MappingProxyType(
    {
        "text": "dtype: string",
        "messages": "list: [{name: role, dtype: string}, {name: content, dtype: string}]",
        "turns": "list: [{name: from, dtype: string}, {name: value, dtype: string}]",
        "history": "list: {list: string}",
        "request": "struct: [{name: messages, list: [{name: role, dtype: string}, {name: content, dtype: string}]}]",
        "flag": "dtype: bool",
        "names": "list: string",
    }
)


@dataclass(frozen=True)
class Section:
    """A part of the card in numbers.

    Args:
        title: its heading, in our own words.
        lines: shown as they are, in letters of one width.
        picture: name of a file without its ending, and the SVG in it.
    """

    title: str
    lines: Sequence[str]
    picture: tuple[str, str] | None = None


@dataclass(frozen=True)
class Card:
    """What a person says about the data set.

    Args:
        title: its name.
        description: free text, shown as plain text.
        licence: an identifier of the Hub, such as `cc-by-4.0`; `other` where sources differ.
        languages: codes such as `en`.
        tags: words to find it by.
        sources: how many samples came from where.
        sections: what else there is to say, in order.
    """

    title: str
    description: str = ""
    licence: str = "other"
    languages: Sequence[str] = ()
    tags: Sequence[str] = ("instruction-tuning",)
    sources: Mapping[str, int] = field(default_factory=dict)
    sections: Sequence[Section] = ()


@dataclass(frozen=True)
class Config:
    """One configuration of the card: a format with its splits.

    Args:
        form: the format; its name is what follows the folder in `load_dataset(folder, name)`.
        files: split → path in the folder.
        rows: split → number of rows.
        columns: what the files hold, in order.
    """

    form: FileFormat
    files: Mapping[str, str]
    rows: Mapping[str, int]
    columns: Columns

    def seen_from_its_folder(self) -> "Config":
        """The same with paths for a card that lies beside the files."""
        inside = {split: path.removeprefix(f"{self.form.name}/") for split, path in self.files.items()}
        return replace(self, files=inside)


def card_text(card: Card, configs: Sequence[Config], recipe: str, content: str) -> str:
    """The whole of README.md.

    Columns are declared, because a reader that guesses takes a list that is empty in all of one split for a list of
    nothing and then refuses the next split. `content` (a hash of all data files) goes into each description, because
    `datasets` otherwise serves an earlier copy of a folder with equal file names from its cache.
    """
    header = [
        f"pretty_name: {_quoted(card.title)}",
        f"license: {_quoted(card.licence.strip().lower() or 'other')}",  # the Hub knows them in small letters alone
        f"language: {_listed(card.languages)}",
        "task_categories: [text-generation]",
        f"size_categories: [{_size(configs)}]",
        f"tags: {_listed(card.tags)}",
        *_configs(configs, content),
    ]
    return "\n".join(["---", *header, "---", "", *_page(card, configs, recipe)])


def _configs(configs: Sequence[Config], content: str) -> list[str]:
    if not configs:
        return []
    entries, features = ["configs:"], ["dataset_info:"]
    for config in configs:
        entries += [f"- config_name: {config.form.name}", f"  description: {_quoted(f'content {content}')}"]
        entries += ["  default: true"] if config is configs[0] else []
        entries += ["  data_files:"]
        entries += [f"  - {{split: {_quoted(split)}, path: {_quoted(path)}}}" for split, path in config.files.items()]
        features += [f"- config_name: {config.form.name}", "  features:"]
        for column, kind in config.columns.items():
            features += [f"  - name: {column}", f"    {FEATURES[kind]}"]
    return entries + features


def _page(card: Card, configs: Sequence[Config], recipe: str) -> list[str]:
    rows = [(f"{config.form.name} / {split}", count) for config in configs for split, count in config.rows.items()]
    sections = [
        Section("Description", card.description.split("\n")),
        Section("Rows", _table(rows)),
        *card.sections,
        Section("Where the samples came from", _table(card.sources.items())),
        Section("How they were filtered (the recipe)", recipe.split("\n")),
    ]
    page = [f"# {_one_line(card.title)}", ""]
    for section in sections:
        text = _visible("\n".join(section.lines)).strip("\n")
        page += [f"## {section.title}", "", *_fenced(text), ""] if text else []
        page += [f"![{section.title}]({CHARTS}/{section.picture[0]}.svg)", ""] if section.picture else []
    return page


def _table(counts: Iterable[tuple[str, int]]) -> list[str]:
    return [f"{count:>12,}  {_one_line(name)}" for name, count in counts]


def _fenced(text: str) -> list[str]:
    """Text that Markdown leaves alone, whatever it holds."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}text", text, fence]


def _size(configs: Sequence[Config]) -> str:
    samples = max((sum(config.rows.values()) for config in configs), default=0)
    return next((word for bound, word in SIZES if samples < bound), "n>10M")


def _visible(text: str) -> str:
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text.replace("\r\n", "\n").replace("\r", "\n"))


def _one_line(text: str) -> str:
    return _visible(" ".join(text.split()))


def _quoted(text: str) -> str:
    """A string of YAML: one of JSON in which no character is left that YAML refuses."""
    return _visible(json.dumps(text, ensure_ascii=False))


def _listed(words: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, words))}]"
