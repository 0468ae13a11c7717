"""The search for garbage is put off and taken up again."""

import gc

import pytest

from curation.computing.garbage import kept_from_searching


def test_it_goes_on_afterwards_whatever_happened() -> None:
    on = gc.isenabled()

    @kept_from_searching()
    def fail() -> None:
        raise KeyError(gc.isenabled())

    with pytest.raises(KeyError) as raised:
        fail()
    assert (raised.value.args[0], on, gc.isenabled()) == (False, True, True)


def test_where_it_was_off_it_stays_off() -> None:
    with kept_from_searching():
        with kept_from_searching():
            pass
        assert not gc.isenabled()
