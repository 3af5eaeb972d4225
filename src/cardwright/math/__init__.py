"""Formulas: where they begin and end in Markdown, what they define, how they are typeset.

``typeset`` is imported by its own name: it starts from a ``Config``, which reads macros with
what is here.
"""

from cardwright.math.definitions import definitions_in, macros_of
from cardwright.math.delimiters import Extracted, extract_formulas

__all__ = ["Extracted", "definitions_in", "extract_formulas", "macros_of"]
