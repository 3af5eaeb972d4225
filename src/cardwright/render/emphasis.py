"""Lets bold text begin and end beside Chinese, Japanese and Korean, which have no spaces."""

from __future__ import annotations

import re
import unicodedata

_LETTER = r"\u1100-\u11ff\u3041-\u31ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af"
_RUN = re.compile(
    rf"(?<=[^\s*\\{_LETTER}])\*\*\*?(?=[{_LETTER}])|(?<=[{_LETTER}])\*\*\*?(?=[^\s*])"
)


def guard_bold(text: str, word: str) -> str:
    r"""Put ``word`` between ``**`` and punctuation if a letter without spaces is on the other side.

    In CommonMark (6.2), a mark between punctuation and a letter can only open or only close. So it
    would not end the bold text in ``**叶(leaf)**是``, where a page in English has a space.
    """

    def guarded(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1], text[match.end()]
        if _is_punctuation(before):
            return word + match[0]
        return match[0] + word if _is_punctuation(after) else match[0]

    return _RUN.sub(guarded, text)


def _is_punctuation(char: str) -> bool:
    """Whether CommonMark takes a character for punctuation."""
    return unicodedata.category(char)[0] in "PS"
