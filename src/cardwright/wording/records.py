"""Knows the titles of changelogs, plans, diaries and the like, which nobody learns."""

from __future__ import annotations

from cardwright.wording.signs import QUESTION_MARKS
from cardwright.wording.titles import names_questions, names_terms
from cardwright.wording.words import lazy_pattern


def names_a_record(title: str) -> bool:
    """Whether a title says that nobody learns the document: Changelog, a plan, a day, "Why I".

    "Business plan: key terms" and "Floor plan vocabulary" are not plans.
    """
    record = _RECORD.fullmatch(title) if len(title) < 100 else None
    topic = (record["topic"] or "") if record else ""
    return record is not None and not (names_terms(topic) or names_questions(topic))


_MONTH = (
    r"(?:jan|gen|ene|f[eé][bv]|m[aä]r|a[pbv]r|ma[iyg]|ju[inl]|giu|lug|aug|ao[uû]|ago|sep|set"
    r"|o[ck]t|ott|out|nov|d[eéi][cz]|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)[^\W\d_]{0,7}"
)
_DAY = (
    rf"(?:[^\W\d_]{{2,10}},? )?(?:\d{{1,2}}(?:st|nd|rd|th|er|\.)? (?:de )?{_MONTH}\.?,?"
    rf"|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,?) (?:de )?20\d\d(?:,? [^\W\d_]{{2,10}})?"
)
"""A day as a diary has it: ``Tuesday, 23 July 2024``, ``3 octobre 2024``."""
_RECORD = lazy_pattern(
    r"(?i)\W*(?:change ?log|changes|release notes|to ?do(?: list)?|road ?map|contributing|readme"
    r"|contribution guide(?:lines)?|(?:contributor )?code of conduct|security policy"
    r"|progress(?: log| report)?|pull request(?: template)?|(?:meeting )?minutes|meeting notes"
    r"|api(?: reference| contract| documentation| docs)?"
    r"|(?:журнал|история) изменений|変更履歴|(?:更新|变更|變更|修改)(?:日志|日誌|记录|記錄).{0,20}"
    r"|änderungsprotokoll|registro de cambios|histórico de alterações"
    r"|(?:(?:meeting )?minutes|meeting notes|protokoll|sitzungsprotokoll|acta|ata|compte[- ]rendu"
    r"|protocollo|verbale|notulen|протокол|会议(?:记录|纪要)|議事録|회의록)\W*\d[\d\W]*"
    rf"|\d{{4}}[-_. ]\d{{1,2}}[-_. ]\d{{1,2}}.{{0,20}}|{_DAY}|quick ?start(?: guide)?)\W*"
    r"|(?!the\b)(?:[^:]{0,60}\b)?(?:plan|proposal|backlog|roadmap|план|計画|计划|計畫)(?P<topic>\W.{0,40})?"
    r"|(?:[^:]{0,60}\b)?(?:watch|wish|shopping|packing|bucket|reading|to-?read|check)[- ]?list\W*"
    r"|(?:[^:]{0,40}\b)?meeting (?:minutes|notes)\b[^:]{0,40}|(?:[^:]{0,60}\b)?report\W*"
    r"|(?:[^:]{0,60}\b)?(?:(?:user|developer|installation|setup|deployment) (?:guide|manual)"
    r"|design doc(?:ument)?)\W*"
    r"|(?:contributing|how to contribute) to \S.{0,60}|(?:why|how|what|when) i\b"
    rf"[^{QUESTION_MARKS}]*"
)


def names_a_day(title: str) -> bool:
    """Whether a title is a day with the name of its month: ``23 July 2024 Tuesday``."""
    return len(title) < _LONGEST_DAY and _IS_DAY.fullmatch(title) is not None


_LONGEST_DAY = 60
_IS_DAY = lazy_pattern(rf"(?i)\W*{_DAY}\W*")
