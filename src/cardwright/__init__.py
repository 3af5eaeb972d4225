"""Markdown questions and answers to an Anki deck."""

from importlib.metadata import version

__version__ = version("cardwright")
