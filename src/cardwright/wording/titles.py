"""Titles: those that say "Answer", and those of sections and parts, which are no questions."""

from __future__ import annotations

import re

from cardwright.wording.patterns import lazy_pattern
from cardwright.wording.words import (
    Concept,
    alternatives,
    bare_words,
    first_words,
    may_begin,
    phrases,
)

ANSWER_WORDS = alternatives(Concept.ANSWER)
"""How all languages say "answer", for a pattern that ignores case."""
RIGHT_BEFORE = alternatives(Concept.RIGHT, Concept.MODEL)
RIGHT_BEHIND = alternatives(Concept.RIGHT)
"""What says, before or behind that word, that an answer is the right one."""
ANSWER_LABEL = lazy_pattern(
    rf"(?i)[\s>*_#-]{{0,12}}(?:{RIGHT_BEFORE}\s?)?"
    rf"{alternatives(Concept.ANSWER, Concept.SOLUTION)}[*_ ]{{0,4}}[:\uff1a]"
)
"""The label of an answer at the begin of a line: ``**Answer:**``, ``> Ans:``."""
_ANSWER_TITLE = lazy_pattern(
    rf"(?i)\W*(?:(?:my|our|book|{RIGHT_BEFORE})\s*){{0,3}}(?!(?:answer|solution|explanation)s)"
    rf"{alternatives(Concept.ANSWER, Concept.SOLUTION, Concept.EXPLANATION)}"
    rf"(?:\s+{RIGHT_BEHIND})?\W*(?:[a-h]\W*)?$"
    r"|\W*(?:ans|answer)\s*\d*\s*(?:[:\uff1a]|\.(?=\s)|:-)\s*\S"
)


def is_answer_title(text: str) -> bool:
    """Whether a heading or a summary says only that the answer follows (``Answer: C``)."""
    is_able = len(text) < 300 and may_begin(_ANSWER_WORDS, text)
    return is_able and _ANSWER_TITLE.match(text) is not None


_ANSWER_WORDS = first_words(
    Concept.ANSWER, Concept.SOLUTION, Concept.EXPLANATION, Concept.RIGHT, Concept.MODEL
) | {"my", "our", "book"}


def is_never_a_question(text: str) -> bool:
    """Whether a heading is one of those around the questions: contents, summary, references …"""
    words = bare_words(text)
    return (
        words in _AROUND
        or _FURTHER.fullmatch(words) is not None
        or _MEETING.fullmatch(words) is not None
    )


_AROUND = phrases(Concept.SECTION, Concept.CONTENTS, Concept.FAQ, Concept.TOP)
_FURTHER = re.compile(
    r"(?:related|useful|other|additional|learning|further|recommended)"
    r" (?:links|posts|articles|topics|concepts|resources|reading|answers)"
)

_MEETING = re.compile(
    r"(?:\w+ ){0,2}(?:meeting|stand ?up|sync|call|retro|retrospective|minutes|agenda)"
    r"(?: (?:notes|with \w+))? \d{4} \d{2} \d{2}"
)
"""The notes of a day: "Team meeting 2026-11-03"."""


def names_a_section(text: str) -> bool:
    """Whether a heading is one of a manual, a changelog or a worksheet: a version, a date too."""
    if is_never_a_question(text) or _NO_TERM.match(text):
        return True
    words = bare_words(text)
    return words in _MANUAL or _MANUAL_TITLE.fullmatch(words) is not None


def asks_about_the_page(text: str) -> bool:
    """Whether a heading asks what the document is for: "What is this?", "How to run it".

    With a question mark it can be one of a list of questions, unless it names nothing at all.
    """
    is_section = not re.search("[?\uff1f]", text) and names_a_section(text)
    return is_section or _WHAT_IS_THIS.fullmatch(bare_words(text)) is not None


_MANUAL = phrases(Concept.MANUAL, Concept.EXAMPLE, Concept.EXERCISE)
_THIS = (
    r"(?:this|(?:this|the) (?:project|repo|repository|app|application|tool|code|package|library"
    r"|plugin|template|thing|program))"
)
_WHAT_IS_THIS = re.compile(rf"(?:what (?:is|s)|about|why) {_THIS}(?: about)?")
_MANUAL_TITLE = lazy_pattern(
    r"(?:project|folder|file|directory|repository|development|environment|local|basic|advanced"
    r"|system|hardware|software|required|tech|technology|technologies|api|query) (?:structure"
    r"|setup|requirements|hardware|usage|development|stack|used|reference|endpoints|parameters)"
    r"|(?:why (?:should|would) i|why|how (?:do i|to)) (?:use|run|build|install|start|set up|deploy"
    rf"|develop|test) (?:it|{_THIS})|{_WHAT_IS_THIS.pattern}"
)
_NO_TERM = re.compile(
    r"\W*v?\d+(?:\.\d+)+\b|\W*\d{4}-\d{2}-\d{2}\b|\W*\{\{"  # a version, a date, a template's gap
    r"|[\W\d]*(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[\s`*:]{1,5}(?:https?:/|\{\w+\})?/"
    r"|\W*[A-Z\u0410-\u042f](?:\s*[-–—]\s*[A-Z\u0410-\u042f])?\W*\Z"  # the letters of an index
)


def names_a_record(title: str) -> bool:
    """Whether a document's title says that nobody learns it: Changelog, a plan, a day, "Why I"."""
    return len(title) < 100 and _RECORD.fullmatch(title) is not None


_RECORD = lazy_pattern(
    r"(?i)\W*(?:change ?log|changes|release notes|to ?do(?: list)?|road ?map|contributing|readme"
    r"|contribution guide(?:lines)?|code of conduct|security policy|progress(?: log| report)?"
    r"|pull request(?: template)?|meeting notes|api(?: reference| contract| documentation| docs)?"
    r"|(?:журнал|история) изменений|変更履歴|(?:更新|变更|變更|修改)(?:日志|日誌|记录|記錄).{0,20}"
    r"|änderungsprotokoll|registro de cambios|histórico de alterações|meeting minutes|minutes"
    r"|\d{4}-\d{1,2}-\d{1,2}.{0,20})\W*"
    r"|(?:[^:]{0,60}\b)?(?:plan|proposal|backlog|roadmap|план|計画|计划|計畫)(?:\W.{0,40})?"
    r"|(?:contributing|how to contribute) to \S.{0,60}|(?:why|how|what|when) i\b[^?\uff1f]*"
)


def names_a_part(text: str) -> bool:
    """Whether a heading is what a part of one answer is called: Definition, Example, Proof."""
    return bare_words(text) in _PARTS


_PARTS = phrases(
    Concept.PART, Concept.DEFINITION, Concept.EXAMPLE, Concept.EXPLANATION, Concept.PROOF,
    Concept.ANSWER, Concept.SOLUTION,
)  # fmt: skip
