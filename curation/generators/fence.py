"""Marks around text that a model is to work on and not to obey (T17)."""

from curation.sample import text_hash

_DIGITS = 16


def fenced(name: str, text: str) -> str:
    """A text between an opening and a closing mark that it cannot hold itself.

    The mark has the start of the text's own hash, which nobody can put into the text beforehand; the same text has the
    same mark, so that the same question stays the same question.

    >>> print(fenced("given prompt", "Name a colour."))
    <given prompt 4eef85d027f3c351>
    Name a colour.
    </given prompt 4eef85d027f3c351>
    """
    mark = f"{name} {text_hash(text)[:_DIGITS]}"
    return f"<{mark}>\n{text}\n</{mark}>"
