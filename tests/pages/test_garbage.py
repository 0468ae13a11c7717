"""What is loaded is searched for garbage once, not after every press."""

import gc
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from pages._parts.garbage import SetAside


@pytest.fixture(autouse=True)
def searching() -> Iterator[None]:
    """Only where a test asks for it."""
    aside = SetAside()
    gc.disable()
    gc.callbacks.append(aside)
    yield
    gc.callbacks.remove(aside)
    gc.unfreeze()
    gc.enable()


def test_what_is_alive_after_a_full_search_is_set_aside_each_time_packages_were_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gc.collect(1)
    assert gc.get_freeze_count() == 0
    gc.collect()
    first = gc.get_freeze_count()
    assert first > 1000
    later: list[list[int]] = [[] for _ in range(1000)]
    gc.collect()
    assert gc.get_freeze_count() <= first
    monkeypatch.setitem(sys.modules, "loaded_now", ModuleType("loaded_now"))
    gc.collect()
    assert gc.get_freeze_count() > first
    assert len(later) == 1000


def test_what_is_made_later_is_still_freed_also_in_a_circle() -> None:
    gc.collect()
    circle: list[object] = []
    circle.append(circle)
    del circle
    assert gc.collect() >= 1
