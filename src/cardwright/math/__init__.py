"""Formulas: where they begin and end in Markdown, what they define, how they are typeset.

Each module is imported by its own name: what reads settings needs none of those that read Markdown.
"""
