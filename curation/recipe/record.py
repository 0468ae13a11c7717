"""What a recipe holds. Frozen and checked on making, so that a recipe that exists is one that can be applied."""

from typing import Annotated, Literal, get_args

from pydantic import Field, StrictStr, model_validator

from curation.recipe.part import Number, Part
from curation.recipe.shape import Shape

Preference = Literal["accepted", "judge score", "longest", "earliest"]
PREFERENCES: tuple[Preference, ...] = get_args(Preference)
"""Which of several near-duplicates stays, in the usual order."""


class When(Part):
    """The samples that a rule is about: those with one of these labels.

    Args:
        signal: a label signal, or `origin` or `method`, of which a sample can have several: any of them will do.
        words: the labels, at least one.
    """

    signal: Annotated[StrictStr, Field(min_length=1)]
    words: Annotated[tuple[Annotated[StrictStr, Field(min_length=1)], ...], Field(min_length=1)]


class Rule(Part):
    """A bound on one signal. Both ends are part of what is kept.

    Args:
        signal: the name of the signal.
        least: the lowest value kept, None for no lower bound (numbers only).
        most: the highest value kept, None for no upper bound (numbers only).
        words: the labels kept, empty for any (labels only).
        when: which samples it is about, None for all; it never removes others.

    Raises:
        pydantic.ValidationError: the bounds cross, bounds and words are mixed, or a text holds half of a character.
    """

    signal: Annotated[StrictStr, Field(min_length=1)]
    least: Number | None = None
    most: Number | None = None
    words: tuple[Annotated[StrictStr, Field(min_length=1)], ...] = ()
    when: When | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> "Rule":
        if self.words and (self.least is not None or self.most is not None):
            raise ValueError('"words" is for labels and "least" and "most" are for numbers: use one or the other')
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError(f'"least" ({self.least:g}) is above "most" ({self.most:g}), which would keep nothing')
        return self


class Duplicates(Part):
    """Which near-duplicates go: of each group above the threshold, one sample stays.

    Args:
        threshold: the similarity from which two samples count as the same; None keeps all of them.
        field: the text that is compared.
        unless: samples are never the same where one of these differs between their texts.
        by: what the similarity is: `meaning`, the cosine of embedded texts; `words`, their ROUGE-L; `score`, how
            likely they are duplicates by what people said of pairs.
        prefer: which one stays, by the first of these that tells two apart: one that a person accepted, the higher
            judge score, the longer answer, the earlier sample. What is out by a rule or a person never comes first.
        judge_score: the signal that is meant by the judge score, higher is better; "" for none, then it tells nothing.
    """

    threshold: Annotated[float, Field(strict=True, gt=0, le=1)] | None = None
    field: Literal["instruction", "prompt", "output"] = "prompt"
    unless: tuple[Literal["numbers", "names", "negations", "languages", "formats"], ...] = ()
    by: Literal["meaning", "words", "score"] = "meaning"
    prefer: tuple[Preference, ...] = PREFERENCES
    judge_score: StrictStr = ""

    @model_validator(mode="after")
    def _each_once(self) -> "Duplicates":
        twice = sorted({name for name in self.prefer if self.prefer.count(name) > 1})
        if twice:
            raise ValueError(f'"prefer" names "{twice[0]}" twice')
        return self


class Recipe(Shape):
    """Everything that decides what is exported: rules in order, duplicates, splits, formats to write.

    >>> Recipe(rules=(Rule(signal="words", least=3),)).rule("words").least
    3.0
    """

    rules: tuple[Rule, ...] = ()
    duplicates: Duplicates = Duplicates()
    formats: tuple[Annotated[StrictStr, Field(pattern=r"^[a-z0-9_-]+$")], ...] = ()

    @model_validator(mode="after")
    def _one_rule_a_signal(self) -> "Recipe":
        names = [rule.signal for rule in self.rules]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f'two rules for "{twice[0]}": a signal has one rule, with "least" and "most" together')
        return self

    def rule(self, signal: str) -> Rule | None:
        """The rule for a signal, None where there is none."""
        return next((rule for rule in self.rules if rule.signal == signal), None)

    def with_rule(self, rule: Rule) -> "Recipe":
        """The recipe with this rule in the place of the one for the same signal, or at the end."""
        if self.rule(rule.signal) is None:
            return self.model_copy(update={"rules": (*self.rules, rule)})
        rules = tuple(rule if old.signal == rule.signal else old for old in self.rules)
        return self.model_copy(update={"rules": rules})

    def without_rule(self, signal: str) -> "Recipe":
        """The recipe without the rule for a signal."""
        return self.model_copy(update={"rules": tuple(rule for rule in self.rules if rule.signal != signal)})

    def shaped(self, shape: Shape) -> "Recipe":
        """The recipe with the selection, mixture and splits of another."""
        return self.model_copy(update={name: getattr(shape, name) for name in Shape.model_fields})
