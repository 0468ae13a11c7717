"""Principles that answers are held to, one drawn for each, so that the answers to one instruction differ.

The four are those of UltraFeedback (Cui et al. 2023, OpenBMB/UltraFeedback), in our own words. A principle steers the
answer and is no part of the sample: a trainer sees the instruction alone.
"""

from collections.abc import Mapping
from typing import Literal

Principle = Literal["helpfulness", "truthfulness", "honesty", "calibration"]
PRINCIPLES: Mapping[Principle, str] = {
    "helpfulness": "Above all be helpful: work out what the user needs, do all of it, and give what is of use, "
    "complete, in a clear order, without padding.",
    "truthfulness": "Above all be truthful: state only what is right, invent no fact, name, number or source, and "
    "contradict neither yourself nor what the user gave.",
    "honesty": "Above all be honest: say what you know and what you do not know, do not pretend to have seen, done "
    "or felt anything, and say plainly where you disagree.",
    "calibration": "With each claim that may be wrong, say in words how sure you are of it, no more and no less sure "
    "than you have reason to be.",
}
