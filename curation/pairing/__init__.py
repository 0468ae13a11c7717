"""Scored answers to the same prompt → preference pairs, and the reason where a prompt gives none."""

from curation.pairing.answer import Answer, prompt_id
from curation.pairing.length import length_effect
from curation.pairing.match import LENGTH_ALONE, METHOD, Match
from curation.pairing.pairs import Pairs

__all__ = ["LENGTH_ALONE", "METHOD", "Answer", "Match", "Pairs", "length_effect", "prompt_id"]
