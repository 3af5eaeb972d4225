"""The old place of ``titles``."""

from cardwright.wording.titles import (
    asks_about_the_page,
    names_a_part,
    names_a_record,
    names_a_section,
)

__all__ = ["asks_about_the_page", "names_a_part", "names_a_record", "names_a_section"]
