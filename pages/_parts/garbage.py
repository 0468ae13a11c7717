"""The search for garbage, kept short: what is loaded stays until the server ends, so it is not searched again."""

import gc
import sys


class SetAside:
    """A `gc.callbacks` entry that takes what is alive out of all later searches, each time packages were loaded.

    Streamlit searches all of memory at the end of every press. With the packages of our pages that took 200 ms of one
    core and longer than the press itself, and kept what was drawn from being sent. What is set aside is still freed
    when nothing refers to it any more, unless in a circle; that is little, because a full search has just ended.
    """

    def __init__(self) -> None:
        """Nothing is set aside yet."""
        self.packages = 0

    def __call__(self, phase: str, info: dict[str, int]) -> None:
        """Called by Python before and after each search."""
        if phase == "stop" and info["generation"] == 2 and len(sys.modules) > self.packages:
            self.packages = len(sys.modules)
            gc.freeze()
