"""The names that rules across a page had before they were signs."""

from cardwright.blocks.signs import RULE as RULE
from cardwright.blocks.signs import is_rule as is_break

__all__ = ["RULE", "is_break"]
