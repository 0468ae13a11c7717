"""Participles of the verbs that begin a request."""

IRREGULAR = {
    "build": "built", "choose": "chosen", "cut": "cut", "draw": "drawn", "find": "found", "give": "given",
    "infer": "inferred", "make": "made", "read": "read", "rewrite": "rewritten", "show": "shown", "tell": "told",
    "write": "written",
}  # fmt: skip


def participle(verb: str) -> str:
    """The past participle.

    >>> participle("write"), participle("describe"), participle("classify"), participle("list")
    ('written', 'described', 'classified', 'listed')
    """
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if verb.endswith("y") and verb[-2] not in "aeiou" else f"{verb}ed"


def gerund(verb: str) -> str:
    """The form that ends in -ing.

    >>> gerund("name"), gerund("sort"), gerund("infer")
    ('naming', 'sorting', 'inferring')
    """
    if verb == "infer":
        return "inferring"
    return f"{verb[:-1]}ing" if verb.endswith("e") else f"{verb}ing"
