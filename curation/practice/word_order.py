"""A sentence whose last part is put first, as a rewording often does."""

import re

_PART = r"(?P<tail>(?:for|in|with|about|on|from|of|as|into|between|using|the) [^.?!\n]+)"
TAIL = re.compile(rf"^(?P<head>[^.?!\n]{{6,}}?[^\s.?!,]),? {_PART}(?P<end>[.?!:]?)(?P<rest>\s.*)?$", re.DOTALL)


def tail_first(text: str) -> str:
    """The first sentence with its last part in front; as it is where it has no such part.

    >>> tail_first("Describe the water cycle. Be brief."), tail_first("Write a poem about rain.")
    ('As for the water cycle: describe it. Be brief.', 'About rain: write a poem.')
    """
    found = TAIL.match(text.strip())
    if not found:
        return text
    head, tail, end, rest = found.groups("")
    head = head[:1].lower() + head[1:]
    if tail.startswith("the "):
        return f"As for {tail}: {head} it{end or '.'}{rest}"
    return f"{tail[:1].upper()}{tail[1:]}: {head}{end or '.'}{rest}"
