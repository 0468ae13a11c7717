"""What a reader has narrowed the samples down to. One record that travels between pages and in the address bar."""

import json
from dataclasses import dataclass, field, fields, replace

from curation.errors import BadInput

Range = tuple[str, float | None, float | None]


@dataclass(frozen=True)
class Facets:
    """A conjunction of choices; within one facet any of the chosen values will do; empty means no restriction.

    Args:
        states: accepted, kept, dropped, rejected.
        origins: sources, as the origins of samples name them.
        methods: importers and generators by name.
        runs: runs that brought samples in, by id.
        tags: tags that people gave.
        labels: (signal, label) pairs such as ("verb", "write") or ("cluster", "poems").
        ranges: (signal, least, most) with both ends included and None for open.
        text: words to find in instruction, input or answer, any case.
        pattern: a regular expression (RE2) to find in the same.
        meaning: a sentence; the samples whose meaning is nearest to it.
        meant: the numbers of those samples, nearest first, once they were looked for (`stages.finding.with_meaning`);
            never in the address.
    """

    states: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    ranges: tuple[Range, ...] = ()
    text: str = ""
    pattern: str = ""
    meaning: str = ""
    meant: tuple[int, ...] | None = field(default=None, metadata={"hidden": True})

    def __bool__(self) -> bool:
        """Whether anything is narrowed down."""
        return self != Facets()

    def toggled(self, facet: str, value: object) -> "Facets":
        """The same choices with one value added, or taken away where it was chosen.

        >>> Facets().toggled("tags", "good").tags
        ('good',)
        >>> Facets(tags=("good",)).toggled("tags", "good").tags
        ()
        """
        chosen = getattr(self, facet)
        rest = tuple(item for item in chosen if item != value)
        return self._with(facet, rest if len(rest) < len(chosen) else (*chosen, value))

    def _with(self, facet: str, value: object) -> "Facets":
        return replace(self, **{facet: value})  # type: ignore[arg-type]

    def to_query(self) -> str:
        """Compact JSON for the address bar, empty where nothing is narrowed down."""
        shown = [one.name for one in fields(self) if not one.metadata.get("hidden")]
        chosen = {name: getattr(self, name) for name in shown if getattr(self, name)}
        return json.dumps(chosen, separators=(",", ":")) if chosen else ""

    @staticmethod
    def from_query(query: str) -> "Facets":
        """The record written by `to_query`.

        >>> Facets.from_query(Facets(labels=(("verb", "write"),)).to_query()).labels
        (('verb', 'write'),)

        Raises:
            BadInput: the text is not one that `to_query` writes.
        """
        if not query:
            return Facets()
        try:
            chosen = json.loads(query)
            return Facets(
                states=_words(chosen.get("states", [])),
                origins=_words(chosen.get("origins", [])),
                methods=_words(chosen.get("methods", [])),
                runs=_words(chosen.get("runs", [])),
                tags=_words(chosen.get("tags", [])),
                labels=tuple((str(signal), str(label)) for signal, label in chosen.get("labels", [])),
                ranges=tuple((str(name), _end(low), _end(high)) for name, low, high in chosen.get("ranges", [])),
                text=str(chosen.get("text", "")),
                pattern=str(chosen.get("pattern", "")),
                meaning=str(chosen.get("meaning", "")),
            )
        except (ValueError, TypeError, AttributeError) as error:
            raise BadInput("The filters in the address bar cannot be read; clear them and choose again.") from error


def _words(values: list[object]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


def _end(value: float | None) -> float | None:
    return None if value is None else float(value)
