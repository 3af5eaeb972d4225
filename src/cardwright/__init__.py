"""Markdown questions and answers to an Anki deck."""

__version__ = "0.1.0"
"""Written here alone: ``pyproject.toml`` has it from here."""
