"""Names the encoding of a text that is not UTF-8, if it may be one of a few."""

from __future__ import annotations

import codecs
import re

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LATIN = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00fe\u0152\u0153\u0160\u0161\u017d\u017e\u0178"
_MARKS = (
    "\u00a0\u00a1\u00a3\u00a7\u00a9\u00ab\u00ae\u00b0-\u00b5\u00b7\u00b9-\u00bf\u00d7\u00f7"
    "\u2013\u2014\u2018-\u201e\u2022\u2026\u20ac"
)
_HANZI, _KANA, _HANGUL = "[\u4e00-\u9fff]", "[\u3041-\u30fa]", "[\uac00-\ud7a3]"
_ENCODINGS = (
    (
        *("WINDOWS-1252", "cp1252", f"[{_LATIN}]"),
        f"[^\\0-\x7f{_LATIN}{_MARKS}]|[{_LATIN}]{{3}}|[\u00b2\u00b3\u00b9][A-Za-z]"
        f"|[\u00c2\u00c3][{_MARKS}]|\u00e2\u20ac",
    ),
    ("EUC-KR", "euc_kr", _HANGUL, f"{_HANZI}|{_KANA}"),
    ("GBK", "gb2312", _HANZI, _KANA),
    ("SHIFT_JIS", "cp932", _KANA, "[\uff61-\uff9f\ue000-\uf8ff]"),
    ("BIG5", "big5", _HANZI, _KANA),
)
"""The names for iconv and for Python, what a text has, and what it does not have.

Many bytes are a text in several of them. The order counts: three letters with accents in a row are
no Latin, nor is what UTF-8 looks like in it. Korean has no hanja today, and each Japanese text has
kana.
"""


def encoding_of(content: bytes) -> str:
    """Return the encoding that bytes may have, ``""`` if none is likely. They are not UTF-8."""
    if content.startswith(_UTF16):
        return "UTF-16"
    for name, codec, usual, foreign in _ENCODINGS:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if re.search(usual, text) and not re.search(foreign, text):
            return name
    return ""
