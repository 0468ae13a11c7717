"""The same request in other words, by rule."""
