"""A rule in words, the same on pages and on the command line."""

from curation.recipe.record import Rule


def in_words(rule: Rule) -> str:
    """What a rule keeps, and of which samples.

    >>> in_words(Rule(signal="words", least=3, most=90)), in_words(Rule(signal="language", words=("en", "de")))
    ('≥ 3, ≤ 90', 'en, de')
    """
    low = f"≥ {rule.least:g}" if rule.least is not None else ""
    high = f"≤ {rule.most:g}" if rule.most is not None else ""
    kept = ", ".join([*rule.words, *(each for each in (low, high) if each)])
    if rule.when is None:
        return kept
    return f"{kept} where {rule.when.signal.replace('_', ' ')} is {' or '.join(rule.when.words)}"
