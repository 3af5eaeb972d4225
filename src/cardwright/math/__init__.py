"""Formulas: where they begin and end in Markdown."""

from cardwright.math.delimiters import Extracted, extract_formulas

__all__ = ["Extracted", "extract_formulas"]
