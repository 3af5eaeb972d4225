"""Typesets formulas with KaTeX."""
