"""Labelled tables → samples in several phrasings and forms of answer."""
