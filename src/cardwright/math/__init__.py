"""Finds formulas in Markdown, reads their macros, and typesets them.

Import its modules by their own names. Code that reads settings needs none of those that read
Markdown.
"""
