"""Into which splits an export is dealt."""

import streamlit as st

from curation.recipe import Shape, Splits


def choose_splits(shape: Shape) -> Shape:
    """The same with the splits that the reader asks for."""
    before = shape.splits
    shares = dict(before.shares)
    validation = st.number_input(
        "Validation, %", 0.0, 50.0, 100 * shares.get("validation", 0.0), 1.0, key="export.validation"
    )
    test = st.number_input("Test, %", 0.0, 49.0, 100 * shares.get("test", 0.0), 1.0, key="export.test")
    seed = st.number_input("Seed of the split", 0, 2**31, before.seed, key="export.seed")
    train = round(1 - (validation + test) / 100, 6)
    splits = Splits(shares=(("train", train), ("validation", validation / 100), ("test", test / 100)), seed=int(seed))
    return shape.model_copy(update={"splits": splits})
