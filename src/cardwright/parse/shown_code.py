"""Code that a question is about and an answer begins with: ``What does this print?``"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cardwright.blocks.fences import fenced_blocks
from cardwright.wording.patterns import lazy_pattern

_CODE = (
    r"(?:code|snippet|program|function|script|query|statement|expression|loop|class|example"
    r"|código|función|fragmento|programa|função|trecho|fonction|programme|funktion|programm)s?"
)
_SHOWN = lazy_pattern(
    rf"""(?ix)\b(?:following|below|given|this|these|siguientes?|est[ea]|seguintes?|ess[ea]|abaixo
    |suivante?s?|ce(?:tte)?|folgende[nrms]?|diese[rsnm]?)\b.{{0,40}}\b{_CODE}\b
    |\b{_CODE}\b.{{0,20}}\b(?:below|following|shown|siguiente|seguinte|abaixo|suivant|unten)\b
    |\boutput\ of\ (?:the\ )?(?:following|below|this|these|code|program|snippet)\b
    |(?:следующ|эт|данн|приведенн)\w*\ .{{0,30}}(?:код|функци|программ)
    |(?:下面|以下|下列|下方|这段|這段|上述|该).{{0,20}}(?:代码|代碼|程式|程序|函数|输出|輸出|语句|结果)
    |(?:次|以下|この|下記).{{0,20}}(?:コード|関数|プログラム|出力)
    |(?:다음|아래|이).{{0,20}}(?:코드|함수|프로그램|출력)"""
)
_RESULT = re.compile(
    r"""(?ix)\bwhat\b.{0,40}\b(?:outputs?|prints?|printed|logged|log)\b|\bpredict\b.{0,20}\boutput\b
    |\bqu[ée]\ (?:imprime|imprimir[áa]|devuelve|muestra)|\bcu[áa]l\b.{0,20}\bsalida\b
    |\bqual\b.{0,20}\bsaída\b
    |\bqu['’e]\b.{0,20}\baffiche|\bwas\b.{0,30}\b(?:ausgegeben|ausgabe)\b|что\ (?:будет\ )?вывед
    |输出(?:结果)?(?:是|为)?什么|打印(?:出|什么|结果)|何が出力|무엇이\ 출력"""
)
_MAKES = re.compile(
    r"(?i)\b(?:write|implement|create|build|develop|design|convert|escrib[ae]|implement[ae]|cre[ae]"
    r"|escreva|écri[rsv]\w*|schreibe[n]?|erstelle[n]?|напишите|напиши|реализуйте)\b|编写|实现|写一|作成|작성"
)
"""A task whose answer is code."""
_LONGEST = 300


def end_of_shown_code(asked: str, texts: Sequence[str]) -> int:
    """The index behind the code that an answer begins with, where the question is about it.

    That is one that speaks of code that is shown, or of what is printed, and shows none itself.
    0 where it does not, or where nothing follows the code.
    """
    first = next((at for at, text in enumerate(texts) if text.strip()), 0)
    if not (texts and texts[first].lstrip("> \t-*+").startswith(("```", "~~~"))):
        return 0
    start, end = next(iter(fenced_blocks(texts)), (0, 0))
    is_first = end > 0 and start == first
    return end if is_first and any(map(str.strip, texts[end:])) and _is_about(asked) else 0


def _is_about(asked: str) -> bool:
    head = asked[:_LONGEST]
    if any(mark in asked for mark in ("```", "~~~", "{{<", "{{%", "{%")) or _MAKES.search(head):
        return False
    return bool(_SHOWN.search(head) or ("`" not in asked and _RESULT.search(head)))
