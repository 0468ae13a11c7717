"""How many instructions a second `verb_objects` reads, cold and warm, and against bare splitting into words.

With --data also how far the most frequent verbs and objects agree with those that Alpaca's authors published for their
52,002 instructions (assets/parse_analysis.png in tatsu-lab/stanford_alpaca, by a constituency parser and spaCy).

    python benchmarks/verb_objects.py [--data instructions.jsonl[.gz]] [--rows 50000]

Without --data the instructions are made from a few dozen words, which flatters the word cache: use real text where you
have it. Cold includes loading the word list.

| 2026-11-21, 2 shared cores, Alpaca's 52,002 | |
|---|---|
| cold / warm, seconds of one busy core | 44,000 / 65,000 a second |
| published verbs in our first 20 / 25 | 17 / 20 of 20 |
| leading object as published | 18 of 19 that can be read in the picture ("convert": sentence before number) |
"""

import argparse
import gzip
import json
import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from curation.diversity import VerbObject, top_verb_objects, verb_objects

VERBS = ("write", "list", "describe", "explain", "create", "find", "rewrite", "suggest", "identify", "compare")
ADJECTIVES = ("short", "clear", "common", "new", "simple", "famous", "detailed", "creative", "following")
NOUNS = ("story", "bridges", "poem", "sentence", "recipe", "algorithm", "questions", "report", "letter", "theory")
PUBLISHED = {
    "generate": "list", "rewrite": "sentence", "create": "list", "write": "story", "explain": "concept",
    "give": "example", "edit": "sentence", "describe": "process", "classify": "sentence", "summarize": "article",
    "provide": "example", "name": "type", "find": "word", "convert": "number", "calculate": "", "identify": "type",
    "make": "list", "construct": "sentence", "design": "logo", "suggest": "way",
}  # fmt: skip
"""Verbs and their most frequent objects in the published picture, "" where it is hidden there."""
TAILS = ("about the sea", "for a child", "in two sentences", "using only short words", "that rhymes", "")


def made_up(rows: int) -> list[str]:
    chance = random.Random(0)
    parts = [(VERBS, ADJECTIVES, NOUNS, TAILS)] * rows
    rows_of_words = ([chance.choice(part) for part in row] for row in parts)
    return [f"{verb.capitalize()} a {adjective} {noun} {tail}." for verb, adjective, noun, tail in rows_of_words]


def read(path: Path, rows: int) -> list[str]:
    raw = path.read_bytes()
    lines = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode().splitlines()
    return [json.loads(line)["instruction"] for line in lines[:rows]]


def seconds(work: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    start = time.process_time()
    work(texts)
    return time.process_time() - start


def split_only(texts: Sequence[str]) -> list[list[str]]:
    return [text.lower().split() for text in texts]


def agreement(pairs: Sequence[VerbObject | None]) -> str:
    rows = top_verb_objects(pairs, verbs=25, objects=1)
    first = {verb: noun for verb, noun, _ in rows}
    in_20 = sum(verb in PUBLISHED for verb in list(first)[:20])
    leading = [first.get(verb) == noun for verb, noun in PUBLISHED.items() if noun]
    return (
        f"of the {len(PUBLISHED)} published verbs {in_20} are in our first 20, "
        f"{sum(verb in first for verb in PUBLISHED)} in our first 25; "
        f"leading object as published for {sum(leading)} of {len(leading)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="JSON lines with an instruction each, plain or .gz")
    parser.add_argument("--rows", type=int, default=50_000, help="most rows to read")
    options = parser.parse_args()
    texts = read(options.data, options.rows) if options.data else made_up(options.rows)
    cold = seconds(verb_objects, texts)
    warm = [(seconds(verb_objects, texts), seconds(split_only, texts)) for _ in range(5)]
    median, peer = (statistics.median(times) for times in zip(*warm, strict=True))
    pairs = verb_objects(texts)
    print(f"{len(texts):,} instructions: cold {len(texts) / cold:,.0f}/s, warm {len(texts) / median:,.0f}/s")
    print(f"{median / peer:.0f} times the time of splitting the same texts at white space")
    print(f"verb in {sum(p is not None for p in pairs) / len(texts):.1%}, ", end="")
    print(f"object in {sum(p is not None and p[1] is not None for p in pairs) / len(texts):.1%}")

    if options.data:
        print(agreement(pairs))


if __name__ == "__main__":
    main()
