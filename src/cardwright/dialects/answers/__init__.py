"""Judges whether a text is an answer."""
