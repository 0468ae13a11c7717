"""Backtranslation: the instruction that a text answers, and the same text in other words, after a trip, for others."""
