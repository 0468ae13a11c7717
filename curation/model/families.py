"""Which family a model belongs to, by its name: a judge tends to prefer answers of its own family.

Self-preference: Panickssery et al. (2024), arXiv 2404.13076; juries of several families: Verga et al. (2024),
arXiv 2404.18796.
"""

import re

FAMILIES: tuple[tuple[str, str], ...] = (
    ("practice", r"practice"),
    # What was distilled into another family speaks like its teacher.
    ("deepseek", r"deepseek"),
    ("gpt", r"(?:chat)?gpt|o[1-9]|davinci|codex|curie|babbage"),
    ("claude", r"claude"),
    ("qwen", r"qw(?:en|q)\d*"),
    ("mistral", r"[a-z]*mistral|[a-z]*mixtral|magistral|ministral|codestral|devstral|pixtral|zephyr"),
    ("gemma", r"[a-z]*gemma|gemini|palm"),
    ("llama", r"[a-z]*llama|alpaca|vicuna|hermes"),
    ("phi", r"phi"),
    ("command", r"command|aya|c4ai"),
    ("grok", r"grok"),
    ("yi", r"yi"),
    ("glm", r"(?:chat)?glm"),
    ("granite", r"granite"),
    ("nova", r"nova"),
    ("olmo", r"olmo[e]?|tulu"),
    ("falcon", r"falcon"),
    ("kimi", r"kimi|moonshot"),
    ("smollm", r"smollm"),
)
"""Family → the start of a word in a model's name; the first that fits counts."""


def family_of(model: str) -> str:
    """The family of a model; one that is not known is a family of its own, its name without folder, size and date.

    >>> family_of("gpt-4o-mini-2024-07-18"), family_of("o3-mini"), family_of("meta-llama/Llama-3.1-8B-Instruct")
    ('gpt', 'gpt', 'llama')
    >>> family_of("mistralai/Mixtral-8x7B"), family_of("DeepSeek-R1-Distill-Llama-8B"), family_of("gemini-2.5-pro")
    ('mistral', 'deepseek', 'gemma')
    >>> family_of("acme/Sparrow-7B-2025-01"), family_of("nanophilia")
    ('sparrow', 'nanophilia')
    """
    name = model.lower().strip()
    for family, pattern in FAMILIES:
        if re.search(rf"(?:^|[^a-z0-9])(?:{pattern})(?![a-z])", name):
            return family
    # `name:tag` is how Ollama writes sizes; a folder is whose it is.
    own = name.rpartition("/")[2].partition(":")[0]
    return re.split(r"[-_. ]*(?:v?\d)", own)[0].strip("-_. ") or own
