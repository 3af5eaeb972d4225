"""The tags, separators and settings of the tools that make flashcards of notes."""
