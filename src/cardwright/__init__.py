"""Markdown questions and answers to an Anki deck."""
