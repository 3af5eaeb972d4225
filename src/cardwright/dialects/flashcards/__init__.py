"""Reads the tags, separators and settings of tools that make flashcards from notes."""
