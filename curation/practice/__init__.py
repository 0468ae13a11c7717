"""The practice model: a deterministic stand-in for a language model, served over real HTTP on loopback.

It answers every prompt of this project in the right shape with made-up content, so that the whole pipeline can be tried
and tested without a key or a network. With `Faults` the same server is the tests' peer.
"""

from curation.practice.faults import FAULTS, FINAL, NONE, Fault, Faults, every
from curation.practice.log import Entry, Log
from curation.practice.protocol import PRACTICE_MODEL
from curation.practice.server import Serving, serve

__all__ = ["FAULTS", "FINAL", "NONE", "PRACTICE_MODEL", "Entry", "Fault", "Faults", "Log", "Serving", "every", "serve"]
