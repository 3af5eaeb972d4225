"""Finds formulas in Markdown, and reads their macros."""
