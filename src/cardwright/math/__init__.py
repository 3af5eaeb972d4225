"""Formulas: where they begin and end in Markdown, what they define, how they are typeset.

Each module is imported by its own name: settings need ``definitions``, and not what reads Markdown.
"""
