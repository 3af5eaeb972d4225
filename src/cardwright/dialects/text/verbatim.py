"""Lines in which no mark of a question means anything: code, formulas, comments, front matter."""

from __future__ import annotations

from cardwright.blocks import Document
from cardwright.blocks.fences import lines_of_code


def verbatim_lines(document: Document) -> list[bool]:
    """For each line of the file (from 0) whether it is to be read as it stands.

    Fences are looked for in the text as well as in the block tree: to CommonMark (section 4.6)
    what follows a ``<details>`` without a blank line is HTML, fences and all. Indented code is
    not counted, for much of what is indented by four is an answer.
    """
    found = lines_of_code(document.source.lines)
    for start, end in ((1, document.source.front_matter.length + 1), *document.verbatim):
        found[start - 1 : end - 1] = [True] * (end - start)
    return found
